// Documents that nobody should send: each is answered, and what AWS would refuse is a finding `invalid` that says where.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../policy/catalogue.ts';
import { checkPolicy } from '../../policy/check.ts';
import { CODES } from '../../policy/codes.ts';
import { comparePolicies } from '../../policy/compare.ts';
import { answerCheck } from '../../policy/rows.ts';
import { simulate } from '../../policy/simulate.ts';
import { changed, changes, put } from '../mutations.ts';
import { ACCOUNT, ALICE, NOW } from './universe.ts';

const catalogue = await loadCatalogue();
const FOLDER = new URL('analysis/', import.meta.url);
const documents: object[] = readdirSync(FOLDER).flatMap((file) =>
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')).map(({ policy }: { policy: object }) => policy),
);
const around = { now: NOW, catalogue };
const setting = { type: undefined, account: ACCOUNT, size: 0, ...around };
const request = { principal: ALICE, action: 's3:GetObject', resource: 'arn:aws:s3:::reports/x', context: {} };

type Check = (document: unknown) => { severity: string; findings: { code: string; message: string }[] };
const check: Check = (document) => checkPolicy(document, setting);

/** Everything that can be asked about a document answers. */
function answers(document: unknown, by: Check): boolean {
  const { severity, findings } = by(document);
  const compared = [comparePolicies(document, null, setting), comparePolicies({ Statement: [] }, document, setting)];
  const simulated = ['identityPolicies', 'boundary', 'scps', 'resourcePolicy'].map((place) =>
    simulate({ request, identityPolicies: [], [place]: document }, catalogue),
  );
  return (
    [severity, ...compared.map((each) => each.severity)].every((each) => SEVERITIES.includes(each)) &&
    findings.every(({ code, message }) => code in CODES && message.length > 0) &&
    compared.every(({ says }) => says.length > 0) &&
    simulated.every((each) => each.ok && each.answer.reasons.length > 0)
  );
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'none'];

const mutated = fc
  .tuple(fc.constantFrom(...documents), changes)
  .map(([document, all]) => changed<unknown>(document, all, 6));
const answered = (by: Check) => fc.property(mutated, (document) => answers(document, by));

test('10,000 mutated documents are answered', () => {
  fc.assert(answered(check), { numRuns: 10_000 });
}, 120_000);

test('planted: a check that trusts the shape of statements is found', () => {
  const trusting: Check = (document) => {
    for (const each of (document as { Statement: { Action: string }[] }).Statement) each.Action.startsWith('iam:');
    return check(document);
  };
  expect(fc.check(answered(trusting), { numRuns: 1_000 }).failed).toBe(true);
});

const WHOLE = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Action: ['s3:PutObject'], Resource: ['*'] },
    {
      Sid: 'One',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'],
      Condition: { StringEquals: { 'aws:PrincipalTag/team': ['red'] } },
    },
  ],
};

/** Places of the document, and what AWS takes at none of them. */
const places = fc.constantFrom<string[]>(
  ...[['Version'], ['Statement', '1'], ['Statement', '1', 'Sid'], ['Statement', '1', 'Effect']],
  ...[
    ['Statement', '1', 'Action'],
    ['Statement', '1', 'Action', '1'],
    ['Statement', '1', 'Resource', '0'],
  ],
  ...[
    ['Statement', '1', 'Condition'],
    ['Statement', '1', 'Condition', 'StringEquals'],
  ],
  ['Statement', '1', 'Condition', 'StringEquals', 'aws:PrincipalTag/team'],
);
const refused = fc.constantFrom<unknown>(null, [[]], [null], '\ud800', [{ a: 1 }]);

const placed = (by: Check) =>
  fc.property(places, refused, (path, value) => {
    const place = path.reduce((all, each) => (/^\d+$/.test(each) ? `${all}[${each}]` : `${all}.${each}`));
    const { findings } = by(put(WHOLE, path, value));
    return findings.some(({ code, message }) => code === 'invalid' && message.startsWith(place));
  });

test('what AWS would refuse is an invalid finding with its place', () => {
  fc.assert(placed(check), { numRuns: 500 });
});

test('planted: a check that leaves out what it cannot read is found', () => {
  const silent: Check = (document) =>
    check(JSON.parse(JSON.stringify(document, (_, value) => (value === null ? undefined : value))));
  expect(fc.check(placed(silent), { numRuns: 500 }).failed).toBe(true);
});

const answer = (line: string) => {
  const answered = answerCheck(line, around);
  if (!answered.ok) throw new Error(answered.reason);
  return answered.answer.findings.filter(({ code }) => code === 'invalid').map(({ message }) => message.split(':')[0]);
};
const statement = (more: string) => `{"Statement":[{${more}"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}`;
const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each([
  ['a key that stands twice', statement('"Effect":"Deny",'), 'Statement[0].Effect'],
  ['a key that stands twice in two spellings', statement('"Eff\\u0065ct":"Deny",'), 'Statement[0].Effect'],
  [
    'a key that stands twice in a condition',
    statement('"Condition":{"Bool":{"a:b":"true","a:b":"false"}},'),
    'Statement[0].Condition.Bool.a',
  ],
  ['__proto__', statement('"__proto__":{"Effect":"Deny"},'), 'Statement[0].__proto__'],
  ['half a character', statement('"Sid":"x","NotResource":"\\udc00",'), 'Statement[0].NotResource'],
  [
    'an action nested deep',
    `{"Statement":{"Effect":"Allow","Action":${nested},"Resource":"*"}}`,
    'Statement.Action[0]',
  ],
  ['a document nested deep', `{"policy":${nested}}`, 'The document'],
])('a line with %s', (_, line, place) => {
  expect(answer(line)).toContain(place);
});

test.each(['{', '', 'null', '[]', '7', '"x"', nested])('a line that is no row says why: %.20s', (line) => {
  const answered = answerCheck(line, around);
  expect(!answered.ok && answered.reason).toMatch(/not valid JSON|no JSON object/);
});
