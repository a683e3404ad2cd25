// Makes what runs elsewhere: the `guardrail` command in one file, and each Lambda in a folder that loads its SDK clients
// when it first needs them. Nothing but the sources decides the bytes.
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Settings } from '../core/settings.ts';
import { FUNCTIONS } from './names.ts';
import { slim } from './slim.ts';
import { bundleOf } from './template.ts';

const ROOT = join(import.meta.dirname, '..');

/** Some packages still call `require` for what Node has built in. */
const REQUIRE =
  "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);";

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** What a record leaves behind dies young: a small young generation and a heap that grows slowly keep memory flat. */
const SHEBANG = '#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8 --heap-growing-percent=20';

/** `dist/guardrail.mjs`: the command, with everything in it, that Node 24 runs alone. */
export async function bundleCommand(file = join(ROOT, 'dist/guardrail.mjs')): Promise<string> {
  const entry = join(ROOT, 'cli/guardrail.ts');
  await build({ ...COMMON, entryPoints: [entry], outfile: file, banner: { js: `${SHEBANG}\n${REQUIRE}` } });
  await chmod(file, 0o755);
  return file;
}

/** `dist/lambda/NAME/index.mjs` for each function, with the settings in it; returns nothing, the folders are the result. */
export async function bundleFunctions(settings: Settings, root = ROOT): Promise<void> {
  await Promise.all(FUNCTIONS.map((each) => bundleFunction(each, settings, join(root, bundleOf(each)))));
}

async function bundleFunction(name: (typeof FUNCTIONS)[number], settings: Settings, outdir: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...COMMON,
    entryPoints: { index: join(ROOT, `handlers/${name}.ts`) },
    outdir,
    splitting: true,
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    banner: { js: REQUIRE },
    plugins: [slim(name, settings)],
    define: { GUARDRAIL_SETTINGS: JSON.stringify(settings) },
  });
}

if (import.meta.main) await bundleCommand();
