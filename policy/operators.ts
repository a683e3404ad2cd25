// The condition operators: what each compares, and how.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
import { addressTest } from './addresses.ts';
import { fitsArn } from './arn.ts';
import { momentOf } from './moments.ts';
import { fits } from './wildcard.ts';

/** Whether a value of the request satisfies a value of the policy. */
export type Test = (given: string) => boolean;

/** What an operator's name says. */
export type Operator = {
  /** How several values of the request count: as one, at least one of them, or all of them. */
  set: 'one' | 'any' | 'all';
  base: Base;
  negated: boolean;
  /** A key that is missing satisfies it. */
  ifExists: boolean;
};

export type Base = keyof typeof BASES;

/** From a value of the policy to its test. What is no number, date or address is like nothing. */
export const BASES = {
  stringequals: (wanted) => (given) => given === wanted,
  stringequalsignorecase: (wanted) => ignoringCase(wanted),
  stringlike: (wanted) => (given) => fits(wanted, given),
  arnlike: (wanted) => (given) => fitsArn(wanted, given),
  numericequals: (wanted) => compared(wanted, numberOf, (given, limit) => given === limit),
  numericlessthan: (wanted) => compared(wanted, numberOf, (given, limit) => given < limit),
  numericlessthanequals: (wanted) => compared(wanted, numberOf, (given, limit) => given <= limit),
  numericgreaterthan: (wanted) => compared(wanted, numberOf, (given, limit) => given > limit),
  numericgreaterthanequals: (wanted) => compared(wanted, numberOf, (given, limit) => given >= limit),
  dateequals: (wanted) => compared(wanted, momentOf, (given, limit) => given === limit),
  datelessthan: (wanted) => compared(wanted, momentOf, (given, limit) => given < limit),
  datelessthanequals: (wanted) => compared(wanted, momentOf, (given, limit) => given <= limit),
  dategreaterthan: (wanted) => compared(wanted, momentOf, (given, limit) => given > limit),
  dategreaterthanequals: (wanted) => compared(wanted, momentOf, (given, limit) => given >= limit),
  bool: (wanted) => ignoringCase(wanted),
  binaryequals: (wanted) => (given) => bytesOf(given) === bytesOf(wanted),
  ipaddress: (wanted) => addressTest(wanted),
  null: (wanted) => ignoringCase(wanted),
} as const satisfies { [base: string]: (wanted: string) => Test };

/** Names that mean another one, or its opposite. `ArnEquals` and `ArnLike` do the same. */
const OTHERS: ReadonlyMap<string, { base: Base; negated: boolean }> = new Map([
  ['stringnotequals', { base: 'stringequals', negated: true }],
  ['stringnotequalsignorecase', { base: 'stringequalsignorecase', negated: true }],
  ['stringnotlike', { base: 'stringlike', negated: true }],
  ['arnequals', { base: 'arnlike', negated: false }],
  ['arnnotequals', { base: 'arnlike', negated: true }],
  ['arnnotlike', { base: 'arnlike', negated: true }],
  ['numericnotequals', { base: 'numericequals', negated: true }],
  ['datenotequals', { base: 'dateequals', negated: true }],
  ['notipaddress', { base: 'ipaddress', negated: true }],
]);

const SETS = { 'foranyvalue:': 'any', 'forallvalues:': 'all' } as const;

/** What the name of an operator says; undefined where AWS has none of that name. */
export function operatorNamed(name: string): Operator | undefined {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const read = operatorIn(name.toLowerCase());
  if (read && KNOWN.size < 500) KNOWN.set(name, read);
  return read;
}

/** Names that were read before: there are few, and every condition has one. */
const KNOWN = new Map<string, Operator>();

function operatorIn(name: string): Operator | undefined {
  const prefix = Object.keys(SETS).find((each) => name.startsWith(each)) as keyof typeof SETS | undefined;
  const rest = prefix ? name.slice(prefix.length) : name;
  const ifExists = rest.endsWith('ifexists');
  const plain = ifExists ? rest.slice(0, -'ifexists'.length) : rest;
  const other =
    OTHERS.get(plain) ?? (Object.hasOwn(BASES, plain) ? { base: plain as Base, negated: false } : undefined);
  if (!other || (other.base === 'null' && (ifExists || prefix))) return undefined;
  return { set: prefix ? SETS[prefix] : 'one', ifExists, ...other };
}

/** Policy variables stand in texts and ARNs only. */
export function takesVariables({ base }: Pick<Operator, 'base'>): boolean {
  return base.startsWith('string') || base === 'arnlike';
}

/** The values are patterns, in which `*` and `?` stand for something. */
export function takesPatterns({ base }: Pick<Operator, 'base'>): boolean {
  return base === 'stringlike' || base === 'arnlike';
}

function ignoringCase(wanted: string): Test {
  const lower = wanted.toLowerCase();
  return (given) => given.toLowerCase() === lower;
}

function compared(
  wanted: string,
  read: (text: string) => number,
  relation: (given: number, limit: number) => boolean,
): Test {
  const limit = read(wanted);
  return (given) => relation(read(given), limit);
}

/** A decimal number; NaN, which is in no relation to anything, where it is none. */
export function numberOf(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'base64').toString('base64');
}
