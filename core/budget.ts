// INVARIANT 6: automatic changes are counted by target, principal, account and overall in a rolling hour. A loop or a
// baited guardrail runs into a person, not on.
import { short } from './key.ts';
import type { Item, Store, Write } from './ports.ts';
import { nameOfPrincipal, nameOfTarget, principalsOf, type Target } from './target.ts';

/** The most automatic changes within an hour. */
export const BUDGETS = { target: 3, principal: 5, account: 20, everywhere: 50 } as const;

const HOUR = 3_600_000;
const PARTITION = 'budget';

/** The writes that use up room for one more change, or the reason why there is none and the writes that go with it. */
export type Allowance = { objection: string | undefined; writes: Write[] };

/** Asks for room for an automatic change. Two that ask at once for the last place: one transaction fails and asks again. */
export async function allowance(store: Store, account: string, target: Target, now: number): Promise<Allowance> {
  const counts = await Promise.all(budgetsFor(account, target).map((each) => spent(store, each, now)));
  const full = counts.find((each) => each.times.length >= each.most || each.open > now);
  if (!full) return { objection: undefined, writes: counts.map((each) => spend(each, now)) };
  if (full.kind !== 'everywhere')
    return { objection: `the budget of ${full.most} automatic changes an hour for ${full.of} is used up`, writes: [] };
  const open = full.open > now ? full.open : now + HOUR;
  return { objection: breakerSays(open), writes: full.open > now ? [] : [openBreaker(full, open)] };
}

type Budget = { kind: keyof typeof BUDGETS; of: string; sort: string };
type Count = Budget & { most: number; times: number[]; open: number; version: number };

const EVERYWHERE: Budget = { kind: 'everywhere', of: 'all accounts', sort: 'everywhere' };

function budgetsFor(account: string, target: Target): Budget[] {
  const name = nameOfTarget(target);
  const principals = principalsOf(target).map(nameOfPrincipal);
  return [
    { kind: 'target', of: name, sort: short(`target#${account}#${name}`) },
    ...principals.map((each): Budget => ({ kind: 'principal', of: each, sort: short(`principal#${account}#${each}`) })),
    { kind: 'account', of: `account ${account}`, sort: `account#${account}` },
    EVERYWHERE,
  ];
}

async function spent(store: Store, budget: Budget, now: number): Promise<Count> {
  const item: Item | undefined = await store.get({ partition: PARTITION, sort: budget.sort });
  const times = ((item?.value.times as number[] | undefined) ?? []).filter((each) => each > now - HOUR);
  return {
    ...budget,
    most: BUDGETS[budget.kind],
    times,
    open: Number(item?.value.open ?? 0),
    version: item?.version ?? 0,
  };
}

function spend(count: Count, now: number): Write {
  return { ...write(count), value: { times: [...count.times, now], open: count.open }, expires: expiry(now) };
}

/** Once the overall budget has run out, everything is asked about for an hour, however the count goes on. */
function openBreaker(count: Count, open: number): Write {
  return { ...write(count), value: { times: count.times, open }, expires: Math.floor((open + HOUR) / 1000) };
}

function write(count: Count): { partition: string; sort: string; expect: number } {
  return { partition: PARTITION, sort: count.sort, expect: count.version };
}

function expiry(now: number): number {
  return Math.floor((now + 2 * HOUR) / 1000);
}

function breakerSays(open: number): string {
  return `the breaker is open until ${new Date(open).toISOString()}: ${BUDGETS.everywhere} automatic changes in an hour`;
}
