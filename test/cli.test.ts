// The command as its users meet it: exit codes, errors with their place, and nothing lost of the rest.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { did, user } from '../events/did.ts';
import { guardrailIn } from './command.ts';

const record = (name: string) => did(user('alice'), 'iam:CreateAccessKey', { userName: name });
const good = JSON.stringify({ Records: [record('good')] });
const { eventName: _, ...nameless } = record('nameless');

let folder: string;

const guardrail = (args: string[], input = '') => guardrailIn(folder, args, input);

const FILES: { [name: string]: string | Buffer } = {
  'good.json': good,
  'cut.json.gz': gzipSync(good).subarray(0, 60),
  'half.json': JSON.stringify({ Records: [record('first'), record('second')] }).slice(0, -300),
  'nameless.json': JSON.stringify({ Records: [nameless, record('after')] }),
  'nobody.json': JSON.stringify({ Records: [{ ...record('bob'), userIdentity: null }] }),
  'huge.json': JSON.stringify({ Records: [{ ...record('bob'), padding: 'x'.repeat(256_000) }] }),
  'noise.json': Buffer.from(Array.from({ length: 5000 }, (_each, index) => (index * 7919) % 256)),
  'empty.json': '',
  'forged.json': JSON.stringify({
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'my.app',
    detail: record('bob'),
  }),
  'wrong.yml': 'mode: auto\nthreshold: {alert: 1}\n',
  'network.yml': 'networks: [elsewhere]\n',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-cli-'));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'nothing'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('bad input is told with its place, and the rest goes on', () => {
  test.each([
    ['a broken gzip', 'cut.json.gz', /cut\.json\.gz: /],
    ['half a file', 'half.json', /half\.json: record 1: /],
    ['a record without a name', 'nameless.json', /nameless\.json: record 0: no eventName/],
    ['a record without an identity', 'nobody.json', /nobody\.json: record 0: userIdentity is hidden or missing/],
    ['noise', 'noise.json', /noise\.json: /],
    ['an empty file', 'empty.json', /empty\.json: is empty/],
    ['an empty folder', 'nothing', /nothing: /],
    ['no file', 'gone.json', /gone\.json: does not exist/],
    [
      'an event that AWS did not send',
      'forged.json',
      /forged\.json: record 0: its event comes from my\.app, not from AWS/,
    ],
  ])('%s', (_title, file, told) => {
    const { code, out, err } = guardrail(['replay', file, 'good.json', '--output', 'jsonl']);
    expect(err).toMatch(told);
    expect(out).toContain('an access key for good');
    expect(code).toBe(0);
  });

  test('half a file gives what was whole of it', () => {
    expect(guardrail(['replay', 'half.json', '--output', 'jsonl']).out).toContain('an access key for first');
  });

  test('a record of 256 kB is a record', () => {
    expect(guardrail(['replay', 'huge.json', '--output', 'jsonl'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('for bob'),
    });
  });

  test('an unknown actor raises the risk', () => {
    const [known, unknown] = ['good.json', 'nobody.json'].map(
      (each) => JSON.parse(guardrail(['replay', each, '--output', 'jsonl']).out) as { risk: number },
    );
    expect(unknown?.risk).toBeGreaterThan(known?.risk ?? 100);
  });
});

describe('exit codes', () => {
  test.each([
    ['nothing could be read', ['replay', 'noise.json'], 3, /Nothing could be read/],
    ['a finding at or above the severity', ['replay', 'good.json', '--fail-on', 'high'], 1, /1 record/],
    ['a finding below it', ['replay', 'good.json', '--fail-on', 'critical', '--settings', 'calm.yml'], 0, /1 record/],
    [
      'a wrong setting',
      ['replay', 'good.json', '--settings', 'wrong.yml'],
      2,
      /wrong\.yml: threshold: there is no such setting/,
    ],
    [
      'a wrong value',
      ['replay', 'good.json', '--settings', 'network.yml'],
      2,
      /network\.yml: networks\[0\]: is not an address range/,
    ],
    [
      'no settings file',
      ['replay', 'good.json', '--settings', 'gone.yml'],
      2,
      /gone\.yml: cannot be read: there is no such file/,
    ],
    ['a wrong command', ['repaly', 'good.json'], 2, /Did you mean replay\?/],
    ['a wrong option', ['replay', '--outptu', 'json'], 2, /Did you mean --output\?/],
    ['a wrong choice', ['replay', '--output', 'xml'], 2, /Allowed choices are table, json, jsonl, html, sarif/],
    ['a state that is not there', ['approve', 'i.x', '--as', 'ana'], 3, /there is no state yet/],
    [
      'a change that is not there',
      ['approve', 'i.x', '--as', 'ana', '--state', 'made.db'],
      1,
      /there is no change i\.x/,
    ],
    ['help', ['replay', '--help'], 0, /^$/],
  ])('%s', (_title, args, expected, told) => {
    writeFileSync(join(folder, 'calm.yml'), 'rules: {access-key-created: {severity: low}}\n');
    guardrail(['run', 'empty.json', '--state', 'made.db']);
    const { code, err } = guardrail(args);
    expect(err).toMatch(told);
    expect(code).toBe(expected);
  });

  test('every command has help with an example', () => {
    const commands = guardrail(['--help']).out.matchAll(/^ {2}([a-z]+) /gm);
    for (const [, name = ''] of commands) {
      if (name === 'help') continue;
      expect(guardrail([name, '--help']).out, name).toMatch(/\$ (npx )?(guardrail|npm|AWS_|zcat)|Commands:/);
    }
  });
});

describe('output', () => {
  test('jsonl has the fields of the contract, in input order, from stdin too', () => {
    const lines = [record('one'), { unknown: true }, record('two')].map((each) => JSON.stringify(each)).join('\n');
    const { out } = guardrail(['replay', '-', '--output', 'jsonl'], lines);
    const rows = out
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as { [key: string]: unknown });
    expect(rows.map((each) => each.index)).toEqual([0, 2]);
    expect(Object.keys(rows[0] ?? {})).toEqual(
      expect.arrayContaining([
        'eventId',
        'index',
        'rule',
        'severity',
        'risk',
        'decision',
        'because',
        'factors',
        'remediations',
        'actor',
        'target',
        'account',
        'region',
        'time',
        'incident',
      ]),
    );
  });

  test.each(['json', 'sarif'])('%s parses', (format) => {
    expect(JSON.parse(guardrail(['replay', 'good.json', '--output', format]).out)).toBeTruthy();
  });

  test('hostile names stay text in the table and in HTML', () => {
    const hostile = JSON.stringify(
      did(user('<script>alert(1)</script>\u001b[2J\u202e'), 'iam:CreateAccessKey', { userName: 'bob' }),
    );
    const [table, page] = ['table', 'html'].map(
      (format) => guardrail(['replay', '-', '--output', format], hostile).out,
    );
    expect(table).not.toContain('\u001b[2J');
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
    expect(`${table}${page}`).not.toContain('\u202e');
  });
});

test('the sandbox plays, answers, and leaves a state to go on with', () => {
  const played = guardrail(['sandbox', '--once']);
  expect(played).toMatchObject({ code: 0, out: expect.stringContaining('4 attacks') });
  const listed = JSON.parse(guardrail(['incidents', '--output', 'json']).out) as {
    incident: string;
    changes: { [id: string]: string };
  }[];
  expect(listed.length).toBe(2);
  const states = listed.flatMap((each) => Object.entries(each.changes));
  expect(states.map(([, state]) => state)).toEqual(['verified', 'verified', 'verified']);
  const id = states[0]?.[0] ?? '';
  expect(guardrail(['undo', id, '--as', 'ana', '--reason', 'a drill'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('undone'),
  });
  expect(guardrail(['undo', id, '--as', 'mallory'])).toMatchObject({ code: 1 });
  expect(guardrail(['show', id]).out).toContain('a drill');
  expect(guardrail(['audit', 'verify'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('The journal is whole'),
  });
});

test('without credentials nothing is lost: the work is done by the next run that has some', () => {
  const attached = did(user('alice'), 'iam:AttachUserPolicy', {
    userName: 'bob',
    policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
  writeFileSync(join(folder, 'attached.json'), JSON.stringify(attached));
  const failed = guardrail(['run', 'attached.json', '--mode', 'auto', '--state', 'poor.db']);
  expect(failed).toMatchObject({ code: 4, err: expect.stringContaining('stays recorded') });
  expect(guardrail(['incidents', '--state', 'poor.db', '--output', 'json']).out).not.toContain('failed');
});

test.each([
  [
    'a snapshot that is not there',
    ['replay', 'good.json', '--account-snapshot', 'gone.json'],
    3,
    /gone\.json: cannot be read as an account snapshot/,
  ],
  [
    'two responders of one name',
    ['replay', 'good.json', '--settings', 'twins.yml'],
    2,
    /responders: two responders have the same name/,
  ],
  ['a day that does not exist', ['replay', 'good.json', '--settings', 'day.yml'], 2, /until: is not a day/],
  [
    'a wrong setting of a command that only reads',
    ['incidents', '--state', 'poor.db', '--settings', 'wrong.yml'],
    2,
    /threshold: there is no such setting/,
  ],
])('%s', (_title, args, expected, told) => {
  writeFileSync(join(folder, 'twins.yml'), 'responders: [{name: a}, {name: a}]\n');
  writeFileSync(
    join(folder, 'day.yml'),
    'exemptions: [{principal: "arn:x", rules: [root-login], until: "2027-02-31", reason: m}]\n',
  );
  const { code, err } = guardrail(args);
  expect(err).toMatch(told);
  expect(code).toBe(expected);
});
