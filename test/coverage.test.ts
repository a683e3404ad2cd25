// What the rules cover: every event that attacks on identities are made of, every monitoring control, and no event that never comes.
import { expect, test } from 'vitest';
import { controlsOf, uncovered } from '../cli/coverage.ts';
import { problemWith } from '../cli/event-names.ts';
import { loadCatalogue } from '../policy/catalogue.ts';
import { rules } from '../rules/index.ts';

const catalogue = await loadCatalogue();

test('identity, tampering and exposure are judged, or named with the reason', () => {
  expect(uncovered(['identity', 'tampering', 'exposure'], rules)).toEqual([]);
});

test('an event that nobody judges is told', () => {
  const without = rules.filter(({ id }) => id !== 'trail-stopped');
  expect(uncovered(['tampering'], without)).toContain('cloudtrail:StopLogging');
});

test('all monitoring controls of section 4 are served', () => {
  const controls = controlsOf(rules).filter(({ framework }) => framework.startsWith('CIS'));
  const wanted = Array.from({ length: 15 }, (_, at) => `4.${at + 1}`);
  expect(wanted.filter((each) => !controls.some(({ control }) => control === each))).toEqual([]);
});

test('every rule has references, and three examples on average', () => {
  for (const { id, maps } of rules) expect(maps.mitre.length + maps.nist.length, id).toBeGreaterThan(0);
  const examples = rules.map((each) => Object.keys(each.examples).length);
  expect(examples.reduce((sum, each) => sum + each, 0) / rules.length).toBeGreaterThanOrEqual(3);
  expect(rules.length).toBeGreaterThanOrEqual(150);
});

test.each([
  ['iam:PassRole', /is a permission, and no event: look at/],
  ['iam:CreateUsr', /AWS has no action iam:CreateUsr/],
  ['s3:ListBucket', /the event is s3:ListObjects/],
])('%s is refused with a hint', (name, hint) => {
  expect(problemWith(name, catalogue)).toMatch(hint);
});
