// What attackers and broken tools send: values of which some fields, at any depth, turned into something else.
import fc from 'fast-check';

let deep: unknown = 'bottom';
for (let level = 0; level < 20_000; level += 1) deep = [deep];

/** What a field may turn into. */
export const junk = fc.constantFrom<unknown>(
  null,
  undefined,
  0,
  -1,
  true,
  '',
  'HIDDEN_DUE_TO_SECURITY_REASONS',
  '\ud800',
  'x'.repeat(200_000),
  [],
  {},
  [[]],
  deep,
  Array.from({ length: 5_000 }, () => null),
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  '{"Statement":{"Effect":{},"Action":[null,[1]],"Principal":{"AWS":[{}]}}}',
  JSON.parse('{"__proto__":{"type":"Root"},"constructor":1}'),
);

/** A few changes: which field (by number, of all that there are), and into what. */
export const changes = fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 4 });

/** The value with the changes; fields are counted down to so many levels. */
export function changed<Value>(value: Value, all: [number, unknown][], levels: number): Value {
  return all.reduce((each, [at, leaf]) => {
    const paths = pathsOf(each, levels);
    return put(each, paths[at % paths.length] ?? [], leaf) as Value;
  }, value);
}

function pathsOf(value: unknown, levels: number): string[][] {
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.keys(value).flatMap((key) => [
    [key],
    ...pathsOf(value[key as never], levels - 1).map((rest) => [key, ...rest]),
  ]);
}

/** The value with another leaf at the path; lists stay lists. */
export function put(value: unknown, [key, ...rest]: string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.with(Number(key), put(value[Number(key)], rest, leaf));
  const fields = (typeof value === 'object' && value !== null ? value : {}) as { [key: string]: unknown };
  return { ...fields, [key]: put(fields[key], rest, leaf) };
}
