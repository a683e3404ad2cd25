// What documents make possible and what is wrong with them, case by case: adding a case needs no code.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../policy/catalogue.ts';
import { checkPolicy } from '../../policy/check.ts';
import { CODES } from '../../policy/codes.ts';
import { PATHS } from '../../policy/paths.ts';
import type { PolicyType } from '../../policy/type.ts';

type Expected = {
  codes?: string[];
  lacks?: string[];
  completes?: string[];
  completesNot?: string[];
  [capability: string]: unknown;
};
type Case = { title: string; type: PolicyType; account?: string; policy: unknown; expect: Expected };

const catalogue = await loadCatalogue();
const NOW = Date.parse('2026-11-25T12:00:00Z');
const FOLDER = new URL('analysis/', import.meta.url);
const files = readdirSync(FOLDER).map((file) => [file, read(file)] as const);
const all = files.flatMap(([, cases]) => cases);

function check({ type, account, policy }: Case) {
  return checkPolicy(policy, { type, account, now: NOW, size: JSON.stringify(policy).length, catalogue });
}

describe.each(files)('%s', (_, cases) => {
  test.each(cases.map((each) => [each.title, each] as const))('%s', (_title, each) => {
    const { codes = [], lacks = [], completes = [], completesNot = [], ...capabilities } = each.expect;
    const { findings, capabilities: found } = check(each);
    expect({
      ...found,
      crossAccount: [...found.crossAccount].sort(),
      privilegeEscalation: [...found.privilegeEscalation].sort(),
      targetDependent: [...found.targetDependent].sort(),
    }).toMatchObject(capabilities);
    const told = findings.map(({ code }) => code);
    expect(told, findings.map(({ message }) => message).join('\n')).toEqual(expect.arrayContaining(codes));
    expect(lacks.filter((one) => told.includes(one))).toEqual([]);
    expect(found.privilegeEscalation).toEqual(expect.arrayContaining(completes));
    expect(completesNot.filter((one) => found.privilegeEscalation.includes(one))).toEqual([]);
    for (const { code, message } of findings) {
      expect(CODES).toHaveProperty(code);
      expect(message).toMatch(/^\S[\s\S]*[.?]$/);
    }
  });
});

test('there are at least 300 cases, and no title stands twice', () => {
  expect(all.length).toBeGreaterThanOrEqual(300);
  expect(new Set(all.map((each) => each.title)).size).toBe(all.length);
});

/** The action without which the path is another one: the last that it needs. */
const isNear = ({ policy }: Case, needs: readonly string[]) =>
  JSON.stringify(policy).includes(needs.at(-1)?.split(':')[1] ?? '');

test.each(PATHS.map(({ id, needs }) => [id, needs] as const))(
  '%s has a case that completes it and two near misses',
  (id, needs) => {
    const listed = ({ expect: wanted }: Case) => [wanted.privilegeEscalation, wanted.completes].flat();
    const isLeftOut = ({ expect: wanted }: Case) =>
      wanted.completesNot?.includes(id) ||
      (Array.isArray(wanted.privilegeEscalation) && !wanted.privilegeEscalation.includes(id));
    expect(all.filter((each) => listed(each).includes(id)).length).toBeGreaterThanOrEqual(1);
    const misses = all.filter(
      (each) => isLeftOut(each) && [needs, needs.slice(0, -1)].some((some) => isNear(each, some)),
    );
    expect(misses.length).toBeGreaterThanOrEqual(2);
  },
);

function read(file: string): Case[] {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}
