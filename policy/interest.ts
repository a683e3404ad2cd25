// The actions that the analysis looks for, as numbers, and which of them an action pattern covers: worked out once for
// each pattern, since policies all say the same few.
import { keysOf, passingTo } from './asking.ts';
import { addAll, addBit, type Bits, bitsOf, hasCommon, noBits } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { Statement } from './document.ts';
import { type Format, formatOf } from './format.ts';
import { kept } from './kept.ts';
import { PATHS, type Path } from './paths.ts';
import { CREDENTIALS, DATA_READS, EXPOSURES, GIVING, LEADS, SECRETS } from './powers.ts';
import { isReading } from './reading.ts';
import { RESOURCES } from './resources.generated.ts';
import type { Keys } from './scope.ts';
import { fits, isPlain } from './wildcard.ts';

export type Interest = {
  /**
   * The names as AWS spells them; their places are their numbers. An action that works on several kinds of resources at
   * once is there once for each.
   */
  names: readonly string[];
  /** By the name in lower case. */
  numbers: ReadonlyMap<string, readonly number[]>;
  passRole: number;
  /** Formats of the ARNs that the action works on, any one of which will do; none: on everything at once. */
  formats: readonly (readonly Format[])[];
  /** What is known of the condition keys of its requests. */
  keys: readonly Keys[];
  data: Bits;
  secrets: Bits;
  credentials: Bits;
  exposures: Bits;
  giving: Bits;
  /** For each path what it needs, and what any of them needs. */
  paths: readonly Bits[];
  steps: Bits;
  /** For each path what has to be allowed, in the order of its actions. */
  sequences: readonly (readonly Step[])[];
  /** By service the numbers of its actions. */
  services: ReadonlyMap<string, readonly number[]>;
  /** Patterns that were looked up before. */
  known: Map<string, Bits>;
};

/** An action of a path. `sharing`: the places of those other steps that must be allowed on the same resource. */
export type Step = { number: number; keys: Keys; sharing: readonly number[] };

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
  const actions = [...new Set([ANYTHING, ...needed, ...DATA_READS, ...CREDENTIALS, ...GIVING, ...exposures, ...LEADS])];
  const known = kindsKnown();
  const kinds = actions.flatMap((name) =>
    (known.get(name) ?? [catalogue?.find(name)?.resources ?? UNKNOWN]).map((formats) => ({ name, formats })),
  );
  const numbers = Map.groupBy(kinds.keys(), (at) => kinds[at]?.name.toLowerCase() ?? '');
  const numbersOf = (names: readonly string[]) => names.flatMap((each) => numbers.get(each.toLowerCase()) ?? []);
  const bits = (names: readonly string[], size = kinds.length) => bitsOf(numbersOf(names), size);
  // They come first, so that the paths are compared by a few words.
  const steps = numbersOf([ANYTHING, ...new Set(needed)]).length;
  return {
    names: kinds.map(({ name }) => name),
    numbers,
    passRole: numbers.get('iam:passrole')?.[0] ?? 0,
    formats: kinds.map(({ formats }) => formats),
    keys: kinds.map(({ name }) => keysOf(name)),
    data: bits(DATA_READS),
    secrets: bits(SECRETS),
    credentials: bits(CREDENTIALS),
    exposures: bits(exposures),
    giving: bits(GIVING),
    paths: PATHS.map((each) => bits(each.needs, steps)),
    steps: bits(needed, steps),
    sequences: PATHS.map((each) =>
      sequenceOf(
        each,
        numbersOf(each.needs).map((number) => ({ number, ...kinds[number] })),
      ),
    ),
    services: byService(kinds.map(({ name }) => name)),
    known: new Map(),
  };
}

type Kind = { number: number; name?: string; formats?: readonly Format[] };

/** Steps that work on resources of one kind go on with the same one; a role is passed to something else. */
function sequenceOf({ passedTo }: Path, kinds: readonly Kind[]): Step[] {
  const isPassed = ({ name }: Kind) => name === 'iam:PassRole';
  return kinds.map((each) => ({
    number: each.number,
    keys: isPassed(each) ? passingToOneOf(passedTo) : keysOf(each.name ?? ''),
    sharing: kinds.flatMap((other, at) =>
      other !== each &&
      other.formats === each.formats &&
      each.formats?.length !== 0 &&
      !isPassed(each) &&
      !isPassed(other)
        ? [at]
        : [],
    ),
  }));
}

/** The same object for the same services, so that what was found for them is found again. */
function passingToOneOf(services: readonly string[]): Keys {
  return kept(PASSED, services.join(), () =>
    passingTo(
      (each) => services.includes(each),
      services.filter((one) => one.endsWith('.com')),
    ),
  );
}

const PASSED = new Map<string, Keys>();

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

/** By the action the kinds of resources that it works on at once, each in the formats that it may have. */
function kindsKnown(): Map<string, readonly (readonly Format[])[]> {
  // Actions that work on the same share one list, by which what was found out about one is found again for the others.
  const lists = new Map<string, readonly Format[]>();
  const listOf = (text: string) => kept(lists, text, () => (text === '' ? [] : text.split(' ').map(formatOf)));
  const rows = RESOURCES.flatMap(([text, actions]) => {
    const kinds = text.split(' + ').map(listOf);
    return actions.split(' ').map((each) => [each, kinds] as const);
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
    const numbers = interest.numbers.get(each);
    if (numbers === undefined && isPlain(each)) continue;
    bits ??= noBits(interest.names.length);
    if (numbers === undefined) addAll(bits, bitsFor(each, interest));
    else for (const number of numbers) addBit(bits, number);
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
