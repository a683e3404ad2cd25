// The policy commands as their users meet them: the shapes of the contract over thousands of rows, and bad rows told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CODES } from '../policy/codes.ts';
import { guardrailIn } from './command.ts';

const allows = (Action: unknown, Resource: unknown = '*', more = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});
const BUCKET = allows('s3:GetObject', 'arn:aws:s3:::reports/*', { Principal: '*' });
const KINDS = [
  { type: 'identity', policy: allows('*') },
  { type: 'identity', policy: allows(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']) },
  { type: 'resource', policy: BUCKET, account: '111122223333' },
  {
    type: 'trust',
    policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sts:AssumeRole' }] },
  },
  { policy: allows('s3:GetObject', 'arn:aws:s3:::reports/x') },
];
const ROWS = 3000;
const policies = Array.from({ length: ROWS }, (_, at) => ({ id: `p${at}`, ...KINDS[at % KINDS.length] }));
const asked = (action: string) => ({
  principal: 'arn:aws:iam::111122223333:user/ana',
  action,
  resource: 'arn:aws:s3:::reports/x',
  context: {},
});
const requests = Array.from({ length: ROWS }, (_, at) => ({
  id: at,
  request: asked(at % 3 === 0 ? 's3:GetObject' : 's3:PutObject'),
  identityPolicies: [
    allows('s3:GetObject'),
    {
      Statement: [
        { Effect: at % 3 === 2 ? 'Deny' : 'Allow', Action: 's3:Put*', Resource: 'arn:aws:s3:::other/*' },
        { Sid: 'No', Effect: 'Deny', Action: at % 3 === 2 ? 's3:PutObject' : 's3:DeleteObject', Resource: '*' },
      ],
    },
  ],
}));
const lines = (rows: unknown[]) =>
  rows.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n');

let folder: string;
const guardrail = (args: string[], input = '') => guardrailIn(folder, ['policy', ...args], input);
const answers = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));

const FILES: { [name: string]: string } = {
  'policies.jsonl': lines(policies),
  'requests.jsonl': lines(requests),
  'broken.jsonl': lines([
    policies[0],
    '{"id": "cut", "policy": {',
    'null',
    '',
    { id: 'kind', type: 'user', policy: {} },
    { id: 'wrong', policy: { Statement: 7 } },
    policies[4],
  ]),
  'broken-requests.jsonl': lines([
    requests[0],
    '{"id": 1',
    { id: 2 },
    { id: 3, request: { principal: 7 } },
    requests[1],
  ]),
  'document.json': JSON.stringify(allows('*'), null, 2),
  'narrow.json': JSON.stringify(allows('s3:GetObject', 'arn:aws:s3:::reports/x')),
  'bucket.json': `\uFEFF${JSON.stringify(BUCKET)}`,
  'nothing.json': '',
  'noise.json': 'one\ntwo\n',
  'before.json': JSON.stringify({ identityPolicies: [allows('*')], boundary: allows('s3:*') }),
  'after.json': JSON.stringify({ identityPolicies: [allows('*')], boundary: null }),
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-policy-'));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('check', () => {
  test('thousands of rows, an object a line, in order', () => {
    const { code, out, err } = guardrail(['check', 'policies.jsonl', '--output', 'json']);
    const all = answers(out);
    expect(all.map(({ id }) => id)).toEqual(policies.map(({ id }) => id));
    for (const each of all) {
      expect(Object.keys(each)).toEqual(['id', 'risk', 'severity', 'findings', 'capabilities']);
      expect(each.risk).toBeGreaterThanOrEqual(0);
      expect(each.risk).toBeLessThanOrEqual(100);
      for (const finding of each.findings) {
        expect(Object.keys(finding)).toEqual(['code', 'severity', 'statement', 'message', 'actions']);
        expect(CODES).toHaveProperty(finding.code);
      }
    }
    const [admin, lambda, bucket, trust, harmless] = all.map(({ capabilities }) => capabilities);
    expect(admin).toMatchObject({ admin: true, public: false, crossAccount: [] });
    expect(lambda).toMatchObject({ admin: false, privilegeEscalation: ['lambda-001'], targetDependent: [] });
    expect(bucket).toMatchObject({ public: true });
    expect(trust).toMatchObject({ public: false, crossAccount: ['444455556666'] });
    expect(
      Object.values(harmless)
        .flat()
        .every((each) => each === false),
    ).toBe(true);
    expect(all.slice(0, 5).map(({ severity }) => severity)).toEqual(['critical', 'high', 'high', 'medium', 'none']);
    expect(err).toMatch(/3,000 policies: 600 critical, 1200 high, 600 medium/);
    expect(code).toBe(0);
  });

  test('a broken row is told by its number, and the rest is answered', () => {
    const { code, out, err } = guardrail(['check', 'broken.jsonl', '--output', 'json']);
    expect(answers(out).map(({ id }) => id)).toEqual(['p0', 'wrong', 'p4']);
    expect(answers(out)[1].findings[0]).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^Statement: /),
    });
    expect(err).toMatch(/broken\.jsonl: line 2 \(row 1\): not valid JSON/);
    expect(err).toMatch(/broken\.jsonl: line 3 \(row 2\): the row is no JSON object/);
    expect(err).toMatch(/broken\.jsonl: line 5 \(row 3\): the type must be one of identity, /);
    expect(code).toBe(0);
  });

  test('a document over many lines, for people', () => {
    const { code, out } = guardrail(['check', 'document.json']);
    expect(out).toMatch(
      /^critical +\d+ +document\.json:1\n +makes an administrator\n {2}critical +admin +statement 0: /,
    );
    expect(code).toBe(0);
  });

  test('from stdin, with what it is', () => {
    const { out } = guardrail(['check', '-', '--type', 'trust', '--output', 'json'], JSON.stringify(KINDS[3]?.policy));
    expect(answers(out)[0].capabilities.crossAccount).toEqual(['444455556666']);
  });

  test('SARIF, with the place of each finding and its code explained', () => {
    const log = JSON.parse(guardrail(['check', 'policies.jsonl', '--output', 'sarif']).out);
    const [{ tool, results }] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(results.length).toBeGreaterThan(ROWS);
    const known = new Set(tool.driver.rules.map(({ id }: { id: string }) => id));
    for (const each of results) expect(known.has(each.ruleId)).toBe(true);
    expect(results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'policies.jsonl' },
      region: { startLine: 1 },
    });
  });

  test.each([
    ['a finding at or above the severity', ['document.json', '--fail-on', 'high'], 1, /1 policy: 1 critical/],
    ['nothing as bad', ['narrow.json', '--fail-on', 'info'], 0, /nothing found/],
    ['an empty file', ['nothing.json'], 3, /There is nothing in it/],
    ['no policies', ['noise.json'], 3, /line 1 \(row 0\): not valid JSON[\s\S]*Nothing could be read/],
    ['no file', ['gone.json'], 3, /gone\.json: does not exist/],
    ['a type that is none', ['narrow.json', '--type', 'user'], 2, /Allowed choices are identity, /],
  ])('%s', (_title, args, code, told) => {
    const { err, ...rest } = guardrail(['check', ...args]);
    expect(err).toMatch(told);
    expect(rest.code).toBe(code);
  });
});

describe('simulate', () => {
  test('thousands of rows, an object a line, in order', () => {
    const { code, out, err } = guardrail(['simulate', 'requests.jsonl']);
    const all = answers(out);
    expect(all.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
    for (const each of all)
      expect(Object.keys(each)).toEqual(['id', 'decision', 'matched', 'missingContext', 'reasons']);
    expect(all.slice(0, 3).map(({ decision }) => decision)).toEqual(['allowed', 'implicitDeny', 'explicitDeny']);
    expect(all[2].matched).toEqual([{ policy: 'identityPolicies[1]', statement: 1, sid: 'No', effect: 'Deny' }]);
    expect(err).toMatch(/3,000 requests/);
    expect(code).toBe(0);
  });

  test('a broken row is told by its number, and the rest is answered', () => {
    const { code, out, err } = guardrail(['simulate', 'broken-requests.jsonl']);
    expect(answers(out).map(({ id }) => id)).toEqual([0, 1]);
    expect(err).toMatch(/line 2 \(row 1\): not valid JSON/);
    expect(err).toMatch(/line 3 \(row 2\): the row has no request/);
    expect(err).toMatch(/line 4 \(row 3\): request\.principal must be an ARN/);
    expect(err).toMatch(/2 requests, 3 could not be read/);
    expect(code).toBe(0);
  });

  test('for people, from stdin', () => {
    const { out } = guardrail(
      ['simulate', '-', '--output', 'table'],
      JSON.stringify({ request: asked('s3:GetObject') }),
    );
    expect(out).toMatch(/^implicitDeny +stdin:1\n +no identity policy allows it\n/);
  });
});

describe('diff', () => {
  test('in words', () => {
    const { code, out } = guardrail(['diff', 'narrow.json', 'document.json', '--fail-on', 'critical']);
    expect(out).toMatch(/^critical\nCan now do everything on every resource\.\n/);
    expect(code).toBe(1);
  });

  test('as JSON', () => {
    const { out } = guardrail(['diff', 'document.json', 'narrow.json', '--output', 'json']);
    const compared = JSON.parse(out);
    expect(compared).toMatchObject({ severity: 'none', allowed: [], gained: { admin: false } });
    expect(compared.says[0]).toBe('No new access.');
    expect(compared.denied).toEqual([{ actions: ['*'], resources: ['*'] }]);
  });

  test('of all that an identity has', () => {
    const { out } = guardrail(['diff', 'before.json', 'after.json']);
    expect(out).toMatch(/^critical\nCan now do everything on every resource\.\n/);
  });

  test('of a bucket, one of the two from stdin', () => {
    const closed = JSON.stringify({
      ...BUCKET,
      Statement: [{ ...BUCKET.Statement[0], Principal: { AWS: '111122223333' } }],
    });
    const { out } = guardrail(['diff', '-', 'bucket.json', '--account', '111122223333'], closed);
    expect(out).toMatch(/Readable by everyone \(s3:GetObject\)\./);
  });

  test.each([
    ['the same', ['narrow.json', 'narrow.json', '--fail-on', 'info'], 0, /^$/],
    ['both from stdin', ['-', '-'], 2, /Only one of the two/],
    ['no file', ['gone.json', 'narrow.json'], 3, /gone\.json: does not exist/],
    ['no JSON', ['narrow.json', 'noise.json'], 3, /noise\.json: not valid JSON$/m],
  ])('%s', (_title, args, code, told) => {
    const { err, ...rest } = guardrail(['diff', ...args]);
    expect(err).toMatch(told);
    expect(rest.code).toBe(code);
  });
});
