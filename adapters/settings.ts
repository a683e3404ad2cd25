// `guardrail.yml`, read and checked whole: a setting that is misspelt must not quietly mean nothing.
import { existsSync, readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { SEVERITIES } from '../core/risk.ts';
import { DEFAULTS, MODES, type Settings, TIERS } from '../core/settings.ts';

/** The file that is read where none is named. */
export const SETTINGS_FILE = 'guardrail.yml';

/** What is wrong with a settings file: one line for each place, `file: path: reason`. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * The settings in `file`; of `guardrail.yml` where no file is named and it exists, else the defaults. `rules` are the ids
 * that may be named. Throws `SettingsError`.
 */
export function readSettings(file?: string, rules?: readonly string[]): Settings {
  if (file === undefined && !existsSync(SETTINGS_FILE)) return DEFAULTS;
  const path = file ?? SETTINGS_FILE;
  const parsed = schema(rules).safeParse(parse(textOf(path), path));
  if (parsed.success) return { ...DEFAULTS, ...parsed.data };
  throw new SettingsError(parsed.error.issues.flatMap((each) => linesOf(each, path)).join('\n'));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(`${path}: cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

function parse(text: string, path: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error)
    throw new SettingsError(
      `${path}: line ${error.linePos?.[0].line ?? '?'}: not YAML: ${error.message.split('\n')[0]}`,
    );
  return document.toJS() ?? {};
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  return code === 'EISDIR' ? 'it is a folder' : String(code ?? error);
}

function schema(rules: readonly string[] | undefined) {
  const ruleId = z
    .string()
    .refine((id) => !rules || rules.includes(id), { error: 'is not a rule; see: guardrail rules' });
  const account = z.string().regex(/^\d{12}$/, 'is not an account id of 12 digits (put it in quotes)');
  const threshold = z.int().min(0).max(101);
  const mode = z.enum(MODES).optional();
  return z.strictObject({
    mode: z.enum(MODES).default(DEFAULTS.mode),
    thresholds: z
      .strictObject({ alert: threshold.default(40), approve: threshold.default(60), remediate: threshold.default(80) })
      .refine((each) => each.alert <= each.approve && each.approve <= each.remediate, {
        error: 'must rise from alert to approve to remediate',
      })
      .default(DEFAULTS.thresholds),
    accounts: z
      .record(
        account,
        z.strictObject({
          name: z.string().optional(),
          tier: z.enum(TIERS).optional(),
          mode,
          management: z.boolean().optional(),
        }),
      )
      .default({}),
    automation: z.array(arnPattern).default([]),
    networks: z.array(network).default([]),
    protected: z.array(arnPattern).default([]),
    responders: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          slack: z.string().optional(),
          email: z.string().optional(),
          principals: z.array(arnPattern).default([]),
        }),
      )
      .refine((each) => new Set(each.map(({ name }) => name)).size === each.length, {
        error: 'two responders have the same name',
      })
      .default([]),
    rules: z
      .record(
        ruleId,
        z.strictObject({ mode, severity: z.enum(SEVERITIES).optional(), enabled: z.boolean().optional() }),
      )
      .default({}),
    exemptions: z
      .array(
        z.strictObject({ principal: arnPattern, rules: z.array(ruleId).min(1), until: day, reason: z.string().min(1) }),
      )
      .default([]),
    slack: z.strictObject({ channel: z.string().optional() }).default({}),
  });
}

const arnPattern = z.string().startsWith('arn:', 'is not an ARN');
const network = z
  .string()
  .refine((each) => ipaddr.isValidCIDR(each), { error: 'is not an address range such as 198.51.100.0/24' });
const day = z.string().refine((each) => /^\d{4}-\d{2}-\d{2}$/.test(each) && isDay(each), {
  error: 'is not a day such as 2027-01-31',
});

/** `Date.parse` takes February 31 for a day in March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

type Issue = z.core.$ZodIssue;

function linesOf(issue: Issue, file: string): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${file}: ${place([...issue.path, key])}: there is no such setting`);
  if (issue.code === 'invalid_key') return issue.issues.map((each) => `${file}: ${place(issue.path)}: ${each.message}`);
  return [`${file}: ${place(issue.path)}: ${issue.message.replace(/^Invalid \w+: /, '')}`];
}

function place(path: PropertyKey[]): string {
  const text = path.map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
