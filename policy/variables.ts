// Policy variables: `${aws:username}` stands for what the request says, and what it stands for is text, never a pattern.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
import type { Context } from './context.ts';

const VARIABLE = /\$\{([^{}]*)\}/g;

/** Where a text comes in that is no pattern, `*` and `?` are written as these; the text compared is written the same way. */
const LITERAL = { '*': '\u{E000}', '?': '\u{E001}' } as const;

/** Whether the text has a variable in it. */
export function hasVariable(text: string): boolean {
  return text.includes('${');
}

/**
 * The text with what its variables stand for, to be compared with a text written `literally`; undefined where one stands
 * for nothing, with the key in `missing`.
 */
export function resolved(text: string, context: Context, missing: { add(key: string): unknown }): string | undefined {
  let isWhole = true;
  const result = text.replace(VARIABLE, (_, inside: string) => {
    const value = standsFor(inside, context, missing);
    if (value === undefined) isWhole = false;
    return literally(value ?? '');
  });
  return isWhole ? result : undefined;
}

/** A text as `resolved` writes it, so that it fits itself and no pattern takes its `*` for one. */
export function literally(text: string): string {
  return text.includes('*') || text.includes('?')
    ? text.replaceAll('*', LITERAL['*']).replaceAll('?', LITERAL['?'])
    : text;
}

/** The keys that the variables of a text name. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map((each) => keyAndDefault(each[1] ?? '').key);
}

function standsFor(inside: string, context: Context, missing: { add(key: string): unknown }): string | undefined {
  if (inside === '*' || inside === '?' || inside === '$') return inside;
  const { key, standard } = keyAndDefault(inside);
  const values = context.get(key.toLowerCase());
  if (values?.length === 1) return values[0];
  missing.add(key);
  return standard;
}

/** `aws:PrincipalTag/team, 'none'`: the key, and what it stands for where the request does not say. */
function keyAndDefault(inside: string): { key: string; standard: string | undefined } {
  const comma = inside.indexOf(',');
  if (comma === -1) return { key: inside.trim(), standard: undefined };
  const said = inside.slice(comma + 1).trim();
  const quoted = said.length >= 2 && said.startsWith("'") && said.endsWith("'");
  return { key: inside.slice(0, comma).trim(), standard: quoted ? said.slice(1, -1) : undefined };
}
