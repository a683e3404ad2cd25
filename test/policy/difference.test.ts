// What changes make possible, case by case: two versions of what an identity has, of a resource's policy, of a trust policy.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { comparePolicies } from '../../policy/compare.ts';
import type { Comparison } from '../../policy/comparison.ts';
import { difference } from '../../policy/difference.ts';
import { parsePolicy } from '../../policy/document.ts';
import { gainsOf, type Level } from '../../policy/gain.ts';
import { interestOf } from '../../policy/interest.ts';
import { managedGain } from '../../policy/managed.ts';
import type { PolicyType } from '../../policy/type.ts';
import { ACCOUNT, NOW } from './universe.ts';

type Case = { title: string; before: unknown; after: unknown; severity: string; says: string[]; gained?: object };

const FOLDER = new URL('difference/', import.meta.url);
const read = (file: string, folder: URL) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const type = file.replace('.json', '') as PolicyType;
  const cases: Case[] = read(file, FOLDER);

  test.each(cases.map((each) => [each.title, each] as const))('%s', (_title, { before, after, ...expected }) => {
    const compared: Comparison = comparePolicies(before, after, {
      type,
      account: ACCOUNT,
      now: NOW,
      catalogue: undefined,
    });
    expect(compared.says).toEqual(expected.says);
    expect(compared.severity).toBe(expected.severity);
    expect(compared.gained).toMatchObject(expected.gained ?? {});
    expect(compared.says.includes('No new access.')).toBe(compared.severity === 'none');
  });
});

describe('what a document gives an identity that had nothing', () => {
  const cases: { title: string; policy?: unknown; level: Level }[] = read(
    'levels.json',
    new URL('gain/', import.meta.url),
  );
  const nothing = { policies: [], ceilings: [] };
  const basis = { interest: interestOf(undefined), place: { account: undefined }, now: NOW };

  test.each(cases.map((each) => [each.title, each] as const))('%s', (_title, { policy, level }) => {
    const gains = gainsOf(difference(nothing, { ...nothing, policies: [parsePolicy(policy)] }, basis));
    expect(gains[0]?.level ?? 'none').toBe(level);
    for (const { says } of gains) expect(says).toMatch(/^\S.*[^.\s]$/);
  });
});

describe('what a managed policy grants', () => {
  test.each<[string, Level | undefined]>([
    ['arn:aws:iam::aws:policy/AdministratorAccess', 'admin'],
    ['arn:aws-cn:iam::aws:policy/AdministratorAccess', 'admin'],
    ['arn:aws-us-gov:iam::aws:policy/IAMFullAccess', 'admin'],
    ['arn:aws:iam::aws:policy/PowerUserAccess', 'wide'],
    ['arn:aws:iam::aws:policy/AdministratorAccess-Amplify', 'escalation'],
    ['arn:aws:iam::aws:policy/AWSLambda_FullAccess', 'wide'],
    ['arn:aws:iam::aws:policy/job-function/DataScientist', 'wide'],
    ['arn:aws:iam::aws:policy/AmazonS3FullAccess', 'broad'],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'read'],
    ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', 'read'],
    ['arn:aws:iam::aws:policy/SecurityAudit', 'read'],
    ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'limited'],
    ['arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3', 'none'],
    ['arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV9', 'none'],
    ['arn:aws:iam::aws:policy/AWSDenyAll', 'none'],
    ['arn:aws:iam::aws:policy/__proto__', 'limited'],
    ['arn:aws:iam::aws:policy/constructor', 'limited'],
    ['arn:aws:iam::111122223333:policy/AdministratorAccess', undefined],
    ['arn:aws:iam::aws:policy/', undefined],
    ['AdministratorAccess', undefined],
  ])('%s: %s', (arn, level) => expect(managedGain(arn)?.level).toBe(level));
});
