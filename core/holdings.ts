// What a principal may do besides what an event changes: all its policies, its groups' and its boundary, as a snapshot of
// the account and the events since then tell.
import type { Activity } from '../events/activity.ts';
import { text } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { managedDocument } from '../policy/managed.ts';
import { type Fact, factsAbout, recall, TOUCHED } from './documents.ts';
import type { Listed, Ports } from './ports.ts';
import { reference } from './reference.ts';
import { nameOfPrincipal, type Principal } from './target.ts';

/** One policy. `document` is undefined where its content is not known; `alarmed`: it came with an alarm, and proves nothing. */
export type Held = { reference: string; document: PolicyDocument | undefined; alarmed: boolean };

/** `isWhole`: nothing else can be there. `boundary` is undefined where nobody knows, null where there is none. */
export type Holdings = {
  principal: Principal;
  policies: Held[];
  boundary: PolicyDocument | null | undefined;
  isWhole: boolean;
};

type Memory = Pick<Ports, 'store' | 'archive'>;

/** So many of those who have a managed policy are looked at. */
const MOST = 8;

/** What principals had, by `nameOfPrincipal`; and for a managed policy, by its ARN, what those had who had it. */
export async function holdingsFor(
  asked: (Principal | { policy: string })[],
  activity: Activity,
  ports: Memory,
): Promise<Map<string, Holdings[]>> {
  const found = new Map<string, Holdings[]>();
  for (const each of asked) {
    const principals = 'policy' in each ? ((await ports.archive.holders(activity.account, each.policy)) ?? []) : [each];
    const key = 'policy' in each ? each.policy : nameOfPrincipal(each);
    if (found.has(key)) continue;
    const all = await Promise.all(principals.slice(0, MOST).map((one) => holdingsOf(one, activity, ports)));
    found.set(key, principals.length > MOST ? all.map((one) => ({ ...one, isWhole: false })) : all);
  }
  return found;
}

/** What the principal had before the activity. */
async function holdingsOf(principal: Principal, activity: Activity, ports: Memory): Promise<Holdings> {
  const facts = await factsAbout(principal, activity, ports);
  const isNew = facts.some((each) => each.reference === reference.born(principal));
  const listed = isNew ? NOTHING : await ports.archive.listed(activity.account, principal);
  const parts = partsOf(principal, listed ?? NOTHING, facts);
  const own = await contents(parts.policies, activity, ports);
  const groups = await Promise.all(parts.groups.map((name) => holdingsOf({ type: 'group', name }, activity, ports)));
  const policies = [...own, ...groups.flatMap((each) => each.policies)];
  return {
    principal,
    policies,
    boundary: await boundaryOf(parts.boundary, listed !== undefined, activity, ports),
    isWhole:
      listed !== undefined &&
      facts.length < TOUCHED &&
      policies.every((each) => each.document !== undefined) &&
      groups.every((each) => each.isWhole),
  };
}

const NOTHING: Listed = { inline: [], attached: [], groups: [], boundary: undefined };

/** A policy, with its document where an event told it. */
type Part = Held;
type Parts = { policies: Part[]; groups: string[]; boundary: string | null | undefined };

/** The list as it stood, and what events have changed of it. */
function partsOf(principal: Principal, listed: Listed, facts: Fact[]): Parts {
  const known = new Map(facts.map((each) => [each.reference, each]));
  const before = [
    ...listed.inline.map((name) => reference.inline(principal, name)),
    ...listed.attached.map((arn) => reference.attached(principal, arn)),
  ];
  const since = facts.filter((each) => /^(inline|attached)\//.test(each.reference)).map((each) => each.reference);
  const policies = [...new Set([...before, ...since])]
    .map((each) => ({ reference: each, fact: known.get(each) }))
    .filter(({ fact }) => !fact || isThere(fact))
    .map(({ reference: ref, fact }) => partOf(ref, fact));
  const limit = known.get(reference.boundary(principal));
  return {
    policies,
    groups: groupsOf(principal, listed, facts),
    boundary: limit ? (text(limit.document ?? {}, 'arn') ?? null) : (listed.boundary ?? null),
  };
}

function partOf(ref: string, fact: Fact | undefined): Part {
  const document = ref.startsWith('inline/') ? (fact?.document ?? undefined) : undefined;
  return { reference: ref, alarmed: fact?.alarmed === true, document };
}

function isThere({ document }: Fact): boolean {
  return document !== null && document.attached !== false && document.member !== false;
}

function groupsOf({ type, name }: Principal, { groups }: Listed, facts: Fact[]): string[] {
  if (type !== 'user') return [];
  const left = facts.filter((each) => each.reference.startsWith('member/') && !isThere(each));
  const joined = facts.filter((each) => each.reference.startsWith('member/') && isThere(each));
  const stayed = groups.filter((each) => !left.some((one) => one.reference === reference.member(name, each)));
  return [...new Set([...stayed, ...joined.map((each) => each.reference.split('/').slice(3).join('/'))])];
}

/** The parts with their documents; of a managed policy the version that was in force. */
async function contents(parts: Part[], activity: Activity, ports: Memory): Promise<Held[]> {
  const wanted = parts.filter((each) => !each.document).map((each) => documentReference(each.reference));
  const documents = await recall(wanted, activity, ports);
  return parts.map((each) => {
    if (each.document) return each;
    const document = documents.get(documentReference(each.reference)) ?? managedDocument(arnIn(each.reference) ?? '');
    return { ...each, document: document ?? undefined };
  });
}

function documentReference(ref: string): string {
  const arn = arnIn(ref);
  return arn ? reference.policy(arn) : ref;
}

/** The policy of `attached/user/bob/arn:…`. */
function arnIn(ref: string): string | undefined {
  return ref.startsWith('attached/') ? ref.split('/').slice(3).join('/') : undefined;
}

async function boundaryOf(
  arn: string | null | undefined,
  isKnown: boolean,
  activity: Activity,
  ports: Memory,
): Promise<PolicyDocument | null | undefined> {
  if (!arn) return isKnown ? null : undefined;
  const documents = await recall([reference.policy(arn)], activity, ports);
  return documents.get(reference.policy(arn)) ?? managedDocument(arn);
}
