// AWS's decision on a request, case by case as the documentation states it: adding a case needs no code.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../policy/catalogue.ts';
import { simulate } from '../../policy/simulate.ts';

type Case = { title: string; decision: string; missingContext?: string[]; [field: string]: unknown };

const catalogue = await loadCatalogue();
const FOLDER = new URL('evaluation/', import.meta.url);
const files = readdirSync(FOLDER).map((file) => [file, read(file)] as const);

describe.each(files)('%s', (_, cases) => {
  test.each(cases.map((each) => [each.title, each] as const))('%s', (_title, { decision, missingContext, ...row }) => {
    const { answer } = simulate(row, catalogue) as {
      answer: { decision: string; missingContext: string[]; reasons: string[] };
    };
    expect(answer.decision, answer.reasons.join('; ')).toBe(decision);
    if (missingContext) expect(answer.missingContext).toEqual([...missingContext].sort());
    expect(answer.reasons.length).toBeGreaterThan(0);
  });
});

test('there are at least 400 cases, and no title stands twice', () => {
  const titles = files.flatMap(([, cases]) => cases.map((each) => each.title));
  expect(titles.length).toBeGreaterThanOrEqual(400);
  expect(new Set(titles).size).toBe(titles.length);
});

function read(file: string): Case[] {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}
