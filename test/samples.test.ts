// The samples are what AWS delivers, in every shape: each must be read whole and say something.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from '../core/judge.ts';
import { indexRules, rulesFor } from '../core/match.ts';
import { DEFAULTS } from '../core/settings.ts';
import { sightOf } from '../core/sight.ts';
import { activityOf, recordsOf } from '../events/cloudtrail.ts';
import { rules } from '../rules/index.ts';

const FOLDER = new URL('../events/samples/', import.meta.url);
const samples = readdirSync(FOLDER).map((file) => [file, read(file)] as const);
const around = {
  documents: new Map(),
  holdings: new Map(),
  own: undefined,
  acquaintance: { days: 0, before: false },
  incident: 'i',
};

/** What each sample must be found to be; rules besides are welcome. */
const EXPECTED: { [file: string]: string[] } = {
  'access-key-for-another-user.json': ['access-key-created'],
  'administrator-attached.json': ['policy-attached'],
  'console-password-for-another-user.json': ['login-profile-created', 'login-profile-updated'],
  'guardrail-role-taken-over.json': ['access-key-reactivated', 'guardrail-role-used'],
  'inline-policy-put.json': ['inline-policy-put'],
  'mfa-deactivated.json': ['mfa-device-deactivated', 'mfa-device-deleted'],
  'policy-version-and-sign-in.json': ['console-login-without-mfa', 'policy-version-created'],
  'root-at-work.json': ['root-access-key-created', 'root-activity'],
  'root-login-without-mfa.json': ['root-login', 'root-login-failed'],
  'root-password-recovered.json': ['root-password-recovery-requested'],
  'several-shapes.json': ['access-key-created', 'ssh-public-key-uploaded', 'user-created'],
  'trail-stopped.json': ['trail-stopped'],
  'trust-policy-opened.json': ['role-trust-changed'],
};

describe.each(samples)('%s', (file, content) => {
  const readings = recordsOf(content).map((record) => ({ record, reading: activityOf(record, 0) }));

  test('every record is read, with nothing hidden', () => {
    for (const { reading } of readings) {
      expect(reading).toMatchObject({ ok: true, activity: { hidden: [], account: '111122223333' } });
    }
  });

  test('something is found', () => {
    const found = readings.flatMap(({ record, reading }) => {
      const wanted = rulesFor(indexRules(rules, DEFAULTS), record);
      if (!reading.ok) return [];
      const sights = wanted.map((each) => sightOf(reading.activity, each));
      return judge(reading.activity, sights, around, DEFAULTS);
    });
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((each) => each.because).filter((each) => each.includes('could not judge'))).toEqual([]);
    expect(found.map((each) => each.rule)).toEqual(expect.arrayContaining(EXPECTED[file] ?? ['an entry in EXPECTED']));
  });
});

test('addresses and accounts are those set aside for documentation', () => {
  const whole = samples.map(([, content]) => JSON.stringify(content)).join('\n');
  const addresses = [...whole.matchAll(/"sourceIPAddress":"([^"]*)"/g)].map((each) => each[1] ?? '');
  expect(addresses.filter((each) => !/^(203\.0\.113|198\.51\.100)\.\d+$/.test(each))).toEqual([]);
  const accounts = [...whole.matchAll(/:iam::(\d+):/g)].map((each) => each[1] ?? '');
  expect(new Set(accounts)).toEqual(new Set(['111122223333', '999988887777']));
});

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}
