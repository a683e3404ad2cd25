import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Which folders a folder may import from, besides itself: imports point one way. */
const MAY: { [folder: string]: string[] } = {
  policy: [],
  events: [],
  core: ['policy', 'events'],
  remediations: ['core', 'policy', 'events'],
  rules: ['remediations', 'core', 'policy', 'events'],
  adapters: ['core', 'policy', 'events'],
  sandbox: ['rules', 'remediations', 'core', 'policy', 'events'],
  handlers: ['adapters', 'rules', 'remediations', 'core', 'policy', 'events'],
  cli: ['sandbox', 'adapters', 'rules', 'remediations', 'core', 'policy', 'events'],
  infra: ['handlers', 'adapters', 'rules', 'remediations', 'core', 'policy', 'events'],
};

type Import = { file: string; from: string; typeOnly: boolean };

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.ts'))
    .map((each) => join(folder, each));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = [...text.matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)'|import\('([^']+)'\)/gms)];
  return found.map((each) => ({ file, from: each[2] ?? each[3] ?? '', typeOnly: each[1] !== undefined }));
}

/** The top folder that a relative import leads to. */
function folderOf({ file, from }: Import): string {
  return relative(ROOT, resolve(ROOT, dirname(file), from)).split('/')[0] ?? '';
}

const all = Object.keys(MAY).flatMap((folder) => sources(folder).flatMap(importsOf));

test('the scan sees the imports', () => {
  expect(all.length).toBeGreaterThan(200);
});

test.each(Object.entries(MAY))('%s imports only downhill', (folder, allowed) => {
  const wrong = all
    .filter((each) => each.file.startsWith(`${folder}/`) && each.from.startsWith('.'))
    .filter((each) => ![folder, ...allowed].includes(folderOf(each)));
  expect(wrong).toEqual([]);
});

test.each(['rules', 'remediations'])('no unit in %s imports another', (folder) => {
  const wrong = all.filter(
    (each) =>
      each.file.startsWith(`${folder}/`) &&
      !each.file.endsWith('index.ts') &&
      folderOf(each) === folder &&
      each.from.startsWith('./'),
  );
  expect(wrong).toEqual([]);
});

test('only adapters touch the AWS SDK at run time', () => {
  const wrong = all.filter(
    (each) => each.from.startsWith('@aws-sdk/') && !each.typeOnly && !each.file.startsWith('adapters/'),
  );
  expect(wrong).toEqual([]);
});

test('only one file reads the environment', () => {
  const readers = Object.keys(MAY)
    .flatMap(sources)
    .filter((each) => /\bprocess\.env\b/.test(readFileSync(join(ROOT, each), 'utf8')));
  expect(readers).toEqual(['adapters/environment.ts']);
});

test('the core keeps no time of its own', () => {
  const wrong = ['core', 'rules', 'remediations', 'policy']
    .flatMap(sources)
    .filter((each) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\b/.test(readFileSync(join(ROOT, each), 'utf8')),
    );
  expect(wrong).toEqual([]);
});
