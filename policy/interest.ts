// The actions that the analysis looks for, as numbers, and which of them an action pattern covers: worked out once for
// each pattern, since policies all say the same few.
import { addAll, addBit, type Bits, bitsOf, hasCommon, noBits } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { Statement } from './document.ts';
import { type Format, formatOf } from './format.ts';
import { PATHS } from './paths.ts';
import { CREDENTIALS, DATA_READS, EXPOSURES, GIVING, LEADS, SECRETS } from './powers.ts';
import { isReading } from './reading.ts';
import { RESOURCES } from './resources.generated.ts';
import { fits, isPlain } from './wildcard.ts';

export type Interest = {
  /** The names as AWS spells them; their places are their numbers. */
  names: readonly string[];
  number: ReadonlyMap<string, number>;
  passRole: number;
  /** Formats of the ARNs that the action works on; none: on everything at once. */
  formats: readonly (readonly Format[])[];
  data: Bits;
  secrets: Bits;
  credentials: Bits;
  exposures: Bits;
  giving: Bits;
  /** For each path what it needs, and what any of them needs. */
  paths: readonly Bits[];
  steps: Bits;
  /** For each path the numbers of its actions. */
  numbers: readonly (readonly number[])[];
  /** By service the numbers of its actions. */
  services: ReadonlyMap<string, readonly number[]>;
  /** Patterns that were looked up before. */
  known: Map<string, Bits>;
};

/** An action that no service has: whoever may use it may use everything. */
export const ANYTHING = '~any~:~any~';

/** The interest without a catalogue, and the one with it; made once. */
export function interestOf(catalogue: Catalogue | undefined): Interest {
  const kept = catalogue ? WITH.get(catalogue) : WITHOUT.interest;
  if (kept) return kept;
  const made = make(catalogue);
  if (catalogue) WITH.set(catalogue, made);
  else WITHOUT.interest = made;
  return made;
}

const WITH = new WeakMap<Catalogue, Interest>();
const WITHOUT: { interest: Interest | undefined } = { interest: undefined };

function make(catalogue: Catalogue | undefined): Interest {
  const exposures = catalogue ? [...new Set([...EXPOSURES, ...permissionActions(catalogue)])] : EXPOSURES;
  const needed = PATHS.flatMap((each) => each.needs);
  const names = [...new Set([ANYTHING, ...needed, ...DATA_READS, ...CREDENTIALS, ...GIVING, ...exposures, ...LEADS])];
  const number = new Map(names.map((each, at) => [each.toLowerCase(), at]));
  const bits = (actions: readonly string[], size = names.length) =>
    bitsOf(
      actions.map((each) => number.get(each.toLowerCase()) ?? 0),
      size,
    );
  // They come first, so that the paths are compared by a few words.
  const steps = new Set(needed).size + 1;
  const formats = formatsKnown();
  return {
    names,
    number,
    passRole: number.get('iam:passrole') ?? 0,
    formats: names.map((each) => formats.get(each) ?? catalogue?.find(each)?.resources ?? UNKNOWN),
    data: bits(DATA_READS),
    secrets: bits(SECRETS),
    credentials: bits(CREDENTIALS),
    exposures: bits(exposures),
    giving: bits(GIVING),
    paths: PATHS.map((each) => bits(each.needs, steps)),
    steps: bits(needed, steps),
    numbers: PATHS.map((each) => each.needs.map((one) => number.get(one.toLowerCase()) ?? 0)),
    services: byService(names),
    known: new Map(),
  };
}

/** What changes permissions; AWS counts some of what only shows them among it. */
function permissionActions(catalogue: Catalogue): string[] {
  return catalogue.services.flatMap((service) =>
    catalogue
      .actionsOf(service)
      .filter((each) => each.level === 'permissions' && !isReading(`${service}:${each.name}`))
      .map((each) => `${service}:${each.name}`),
  );
}

/** What is not known may be anything. */
const UNKNOWN: readonly Format[] = [formatOf('*')];

function formatsKnown(): Map<string, readonly Format[]> {
  // Actions that work on the same share one list, by which what was found out about one is found again for the others.
  const rows = RESOURCES.flatMap(([text, actions]) => {
    const formats = text === '' ? [] : text.split(' ').map(formatOf);
    return actions.split(' ').map((each) => [each, formats] as const);
  });
  return new Map(rows);
}

function byService(names: readonly string[]): Map<string, number[]> {
  const services = new Map<string, number[]>();
  for (const [at, each] of names.entries()) {
    const service = each.slice(0, each.indexOf(':'));
    const list = services.get(service) ?? [];
    list.push(at);
    services.set(service, list);
  }
  return services;
}

/** The actions of interest that the statement is about; undefined for none. */
export function bitsIn({ actions, notActions }: Statement, interest: Interest): Bits | undefined {
  if (notActions.length > 0)
    return inverted(among(notActions, interest) ?? noBits(interest.names.length), interest.names.length);
  return among(actions, interest);
}

/** Those action patterns of a statement, as it spells them, that cover one of the actions. */
export function patternsFor({ actions, notActions, written }: Statement, wanted: Bits, interest: Interest): string[] {
  if (notActions.length > 0) return ['*'];
  return written.filter((_, at) => {
    const bits = among([actions[at] ?? ''], interest);
    return bits !== undefined && hasCommon(bits, wanted);
  });
}

function inverted(bits: Bits, size: number): Bits {
  for (let i = 0; i < bits.length; i += 1) bits[i] = ~(bits[i] ?? 0);
  const last = bits.length - 1;
  // The spare bits of the last word stand for nothing.
  bits[last] = (bits[last] ?? 0) & (0xffffffff >>> (bits.length * 32 - size));
  return bits;
}

/** Most statements are about nothing that matters, and get no bits of their own. */
function among(patterns: readonly string[], interest: Interest): Bits | undefined {
  let bits: Bits | undefined;
  for (const each of patterns) {
    const number = interest.number.get(each);
    if (number === undefined && isPlain(each)) continue;
    bits ??= noBits(interest.names.length);
    if (number === undefined) addAll(bits, bitsFor(each, interest));
    else addBit(bits, number);
  }
  return bits;
}

/** So many patterns are remembered; an attacker who writes others makes it slow, and never large. */
const MOST = 10_000;

function bitsFor(pattern: string, interest: Interest): Bits {
  const kept = interest.known.get(pattern);
  if (kept) return kept;
  const bits = noBits(interest.names.length);
  for (const each of amongWhich(pattern, interest))
    if (fits(pattern, interest.names[each]?.toLowerCase() ?? '')) addBit(bits, each);
  if (interest.known.size >= MOST) interest.known.clear();
  interest.known.set(pattern, bits);
  return bits;
}

function amongWhich(pattern: string, { services, names }: Interest): Iterable<number> {
  const service = pattern.slice(0, Math.max(0, pattern.indexOf(':')));
  return service !== '' && isPlain(service) ? (services.get(service) ?? []) : names.keys();
}
