// The template against the code that it is made from: the events that arrive are those that rules want, and nothing fails
// silently.
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LEASE } from '../core/change.ts';
import { indexRules, rulesFor } from '../core/match.ts';
import { matches } from '../core/pattern.ts';
import type { Rule } from '../core/rule.ts';
import { DEFAULTS } from '../core/settings.ts';
import { envelopeOf } from '../events/cloudtrail.ts';
import { did, user } from '../events/did.ts';
import type { Resource } from '../infra/names.ts';
import { eventRules, LONGEST, sizeOf, WIDE } from '../infra/patterns.ts';
import { identityOf, withoutRepetition } from '../infra/plugin.ts';
import { UNIT, withoutTexts } from '../infra/slim.ts';
import { functions, resources } from '../infra/template.ts';
import { rules } from '../rules/index.ts';

const ROOT = join(import.meta.dirname, '..');
const examples = rules.flatMap((rule) =>
  Object.entries(rule.examples).map(([title, { event }]) => ({ title: `${rule.id}: ${title}`, event })),
);

/** The event as EventBridge delivers it. */
function delivered(event: { [key: string]: unknown }) {
  const { eventID: id, eventTime: time, awsRegion: region, recipientAccountId: account } = event;
  return { version: '0', id, time, region, account, resources: [], ...envelopeOf(event) };
}

function isSelected(event: { [key: string]: unknown }, from: readonly Rule[]): boolean {
  const envelope = delivered(event);
  return eventRules(from).some((each) => matches(each.pattern, envelope));
}

describe('event patterns', () => {
  const each = rules.map((rule) => ({ rule, index: indexRules([rule], DEFAULTS), selecting: eventRules([rule]) }));

  test.each(examples)('select $title for the rules that want it, and for no other', ({ event }) => {
    const envelope = delivered(event);
    const wanted = each.filter(({ index }) => rulesFor(index, event).length > 0);
    const got = each.filter(({ selecting }) => selecting.some(({ pattern }) => matches(pattern, envelope)));
    expect(got.map(({ rule }) => rule.id)).toEqual(wanted.map(({ rule }) => rule.id));
    expect(isSelected(event, rules)).toBe(wanted.length > 0);
  });

  test('what no rule wants does not arrive', () => {
    const ordinary = [did(user('bob'), 'iam:GetUser'), did(user('bob'), 's3:CreateBucket', { bucketName: 'b' })];
    expect(ordinary.map((event) => isSelected(event, rules))).toEqual([false, false]);
  });

  test('read-only events reach a rule in the wide state only', () => {
    const reads = examples.filter(({ event }) => event.readOnly === true && isSelected(event, rules));
    const wide = eventRules(rules).filter(({ state }) => state === WIDE);
    for (const { event } of reads) expect(wide.some(({ pattern }) => matches(pattern, delivered(event)))).toBe(true);
    const [rule] = rules;
    const two = eventRules(rule ? [{ ...rule, on: ['sts:AssumeRole', 'sts:DecodeAuthorizationMessage'] }] : []);
    expect(two.map(({ name, state }) => [name, state])).toEqual([
      ['iam-guardrail-events-sts-reads', WIDE],
      ['iam-guardrail-events-sts', 'ENABLED'],
    ]);
  });

  test('nobody but AWS can write an event that fits', () => {
    for (const { pattern } of eventRules(rules)) {
      const forged = JSON.stringify(pattern.source).replaceAll(/"prefix":"aws\.|"aws\./g, '');
      expect(pattern.source).toHaveLength(1);
      expect(forged.length).toBeLessThan(JSON.stringify(pattern.source).length);
    }
  });

  test('events of Lambda are found by their names with and without the date of the API', () => {
    const [rule] = rules;
    if (!rule) throw new Error('no rules');
    const one: Rule = { ...rule, on: ['lambda:AddPermission'] };
    for (const name of ['AddPermission', 'AddPermission20150331', 'AddPermission20150331v2'] as const)
      expect(isSelected(did(user('bob'), `lambda:${name}`, {}), [one])).toBe(true);
    expect(isSelected(did(user('bob'), 'lambda:AddPermissionBoundary', {}), [one])).toBe(false);
  });

  test('none is longer than EventBridge takes, however many names there are', () => {
    const [rule] = rules;
    if (!rule) throw new Error('no rules');
    const names = Array.from({ length: 300 }, (_, at) => `iam:PutSomethingNumber${at}` as const);
    const many: Rule = { ...rule, on: names };
    const made = [...eventRules(rules), ...eventRules([many])];
    expect(Math.max(...made.map(({ pattern }) => sizeOf(pattern)))).toBeLessThanOrEqual(LONGEST);
    expect(names.every((name) => isSelected(did(user('bob'), name, {}), [many]))).toBe(true);
    const long = { ...rule, id: 'long', on: { detail: { eventName: names } } };
    expect(() => eventRules([long])).toThrow('The event pattern of long has');
  });

  test('names are ones that EventBridge takes, each of its own, and few enough for a bus', () => {
    const names = eventRules(rules).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[.\-_A-Za-z0-9]{1,64}$/.test(name))).toEqual([]);
    expect(names.length).toBeLessThan(300);
  });
});

describe('template', () => {
  const { Resources } = resources(rules, DEFAULTS);
  const of = (type: string): Resource[] => Object.values(Resources).filter((each) => each.Type === type);

  test('the state cannot be lost by mistake', () => {
    expect(Resources.StateTable).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      },
    });
  });

  test('everything that fails has a place to go, and an alarm that looks there', () => {
    for (const { Properties } of of('AWS::Events::Rule'))
      expect(Properties.Targets).toMatchObject([{ DeadLetterConfig: { Arn: expect.anything() } }]);
    const { detect, sweep } = functions(DEFAULTS);
    for (const each of [detect, sweep]) expect(each).toMatchObject({ destinations: { onFailure: { type: 'sqs' } } });
    expect(Resources.WorkQueue?.Properties).toMatchObject({ RedrivePolicy: { maxReceiveCount: 5 } });
    const watched = of('AWS::CloudWatch::Alarm').map(({ Properties }) => JSON.stringify(Properties));
    for (const each of ['WorkFailedQueue', 'EventsFailedQueue', '"Errors"', '"Throttles"', '"Invocations"'])
      expect(watched.some((alarm) => alarm.includes(each))).toBe(true);
    for (const alarm of watched) expect(alarm).toContain('"AlarmActions":[{"Ref":"AlarmTopic"}]');
  });

  test('respond does not outlive its lease, and its message stays hidden while it runs', () => {
    const { timeout } = functions(DEFAULTS).respond as { timeout: number };
    expect(timeout * 1_000).toBeLessThanOrEqual(LEASE);
    expect(Resources.WorkQueue?.Properties.VisibilityTimeout).toBeGreaterThan(timeout);
  });

  test('a disabled rule takes its events along', () => {
    const off = Object.fromEntries(rules.map((each) => [each.id, { enabled: false }]));
    const left = Object.values(resources(rules, { ...DEFAULTS, rules: off }).Resources);
    expect(left.filter((each) => each.Type === 'AWS::Events::Rule')).toHaveLength(1);
  });

  test('it stays far below what a stack may hold', () => {
    expect(Object.keys(Resources).length).toBeLessThan(400);
  });
});

describe('plugin', () => {
  test('leaves out what a reference says already', () => {
    const made = {
      Resources: {
        One: { DependsOn: ['Role', 'Log'], Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
        Two: { DependsOn: 'Role', Properties: { Role: [{ Ref: 'Role' }] } },
      },
    };
    withoutRepetition(made);
    expect(made.Resources).toEqual({
      One: { DependsOn: ['Log'], Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Two: { Properties: { Role: [{ Ref: 'Role' }] } },
    });
  });

  test.each([
    ['arn:aws:iam::111122223333:user/ana', 'arn:aws:iam::111122223333:user/ana'],
    ['arn:aws:sts::111122223333:assumed-role/ci/build-42', 'arn:aws:iam::111122223333:role/ci'],
    ['arn:aws-cn:sts::111122223333:assumed-role/ci/b', 'arn:aws-cn:iam::111122223333:role/ci'],
  ])('who deploys as %s is protected as %s', (session, identity) => expect(identityOf(session)).toBe(identity));
});

describe('bundles', () => {
  const sources = ['rules', 'remediations'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((each) => each.endsWith('.ts') && each !== 'index.ts')
      .map((each) => [`${folder}/${each}`, readFileSync(join(ROOT, folder, each), 'utf8')] as const),
  );

  test.each(sources)('%s loses its texts and nothing else', (file, source) => {
    expect(`/${file}`).toMatch(UNIT);
    const slim = withoutTexts(source);
    expect(slim).toMatch(/\n {2}why: '',\n/);
    expect(slim).toMatch(/\n {2}examples: \{\},\n/);
    expect(() => stripTypeScriptTypes(slim)).not.toThrow();
    const kept = new Set(slim.split('\n'));
    const lost = source.split('\n').filter((each) => !kept.has(each));
    const [first = '', ...rest] = lost.filter((each) => /^ {2}\S/.test(each));
    const maps = rest.filter((each) => each.startsWith('  maps: {'));
    expect([first.slice(0, 7), ...rest]).toEqual(['  why: ', ...maps, '  examples: {']);
  });
});
