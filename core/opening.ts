// What is opened to outsiders, as factors of the risk: by a resource policy, by sharing, by naming somebody else's account.
import type { Activity, Fields } from '../events/activity.ts';
import { at, inner, isFields, text } from '../events/fields.ts';
import { isReadable, type Policy, parsePolicy, type Statement } from '../policy/document.ts';
import { accountIn, type Entrance, entrancesOf } from '../policy/exposure.ts';
import { shown } from '../policy/finding.ts';
import { isReading } from '../policy/reading.ts';
import { list } from '../policy/shapes.ts';
import type { Factor } from './risk.ts';
import type { Known } from './rule.ts';

/** The way in that weighs most, of a resource policy of any shape; a negative factor where it lets nobody in from outside. */
export function openingFactors(document: unknown, activity: Activity, known: Known): Factor[] {
  const policy = parsePolicy(document);
  const entrances = entrancesOf(policy, activity.account, activity.time);
  const factors = [
    ...entrances.map((each) => entranceFactor(each, known)),
    ...canonicalFactors(policy),
    ...(isReadable(policy) ? [] : [opened(15, 'the policy could not be read')]),
  ].sort((a, b) => b.points - a.points);
  return factors.length > 0 ? factors.slice(0, 1) : [opened(-15, 'the policy lets nobody in from outside the account')];
}

/** The clauses that weigh against, to end a sentence with: ": everybody may use it (s3:GetObject)". */
export function clauses(factors: readonly Factor[]): string {
  const against = factors.filter(({ points }) => points > 0).map(({ because }) => because);
  return against.length > 0 ? `: ${against.join(', and ')}` : '';
}

function opened(points: number, because: string): Factor {
  return { id: 'opened', points, because };
}

function entranceFactor(entrance: Entrance, known: Known): Factor {
  const { statement } = entrance;
  const use = useOf(statement);
  switch (entrance.kind) {
    case 'public':
      if (isWithinNetwork(statement)) return opened(0, `everybody in the network may ${use}`);
      return opened(onlyReads(statement) ? 35 : 45, `everybody may ${use}`);
    case 'account': {
      const account = accountIn(entrance.principal);
      if (account && known.accounts.has(account))
        return opened(0, `account ${account}, which the settings know, may ${use}`);
      if (onlyDelivers(statement)) return opened(0, `${shown([entrance.principal])} may deliver files into it`);
      return opened(25, `${shown([entrance.principal])} of ${account ? 'another' : 'an unknown'} account may ${use}`);
    }
    case 'organization':
      return opened(0, `everybody in ${shown(entrance.organizations)} may ${use}`);
    case 'somewhere': {
      const isAddress = entrance.conditions.some(({ key }) => key.toLowerCase() === 'aws:sourceip');
      return opened(isAddress ? 10 : 0, `whoever comes from certain ${isAddress ? 'addresses' : 'places'} may ${use}`);
    }
    case 'deputy':
      return opened(-5, `only AWS services may ${use}, for whomever they work`);
  }
}

// Mostly CloudFront's former identities, which read; the engine does not look at them: a canonical id names no account.
function canonicalFactors({ statements }: Policy): Factor[] {
  return statements
    .filter(({ effect, principals }) => effect === 'Allow' && principals.some(({ kind }) => kind === 'CanonicalUser'))
    .map((each) => opened(onlyReads(each) ? 10 : 20, `a canonical user of some account may ${useOf(each)}`));
}

/** EFS: reached through a mount target, and so from the network it is in. */
function isWithinNetwork({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, values }) => /^elasticfilesystem:accessedviamounttarget$/i.test(key) && values.every(isTrue),
  );
}

function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true';
}

function useOf({ notActions, written }: Statement): string {
  return notActions.length > 0 ? `use it for everything but ${shown(written)}` : `use it (${shown(written)})`;
}

/** As AWS's own accounts that deliver the logs of load balancers do. */
function onlyDelivers({ notActions, actions }: Statement): boolean {
  return notActions.length === 0 && actions.length > 0 && actions.every((each) => each === 's3:putobject');
}

function onlyReads({ notActions, actions }: Statement): boolean {
  return notActions.length === 0 && actions.every(isReading);
}

/** The account of a principal, ARN or account id that belongs neither to the activity nor to the settings. */
export function outsiderIn(principal: string | undefined, activity: Activity, known: Known): string | undefined {
  const account = principal && accountIn(principal);
  return account && account !== activity.account && !known.accounts.has(account) ? account : undefined;
}

/** The factor for an outsider that the request names; none for anybody else. */
export function outsiderFactors(
  principal: string | undefined,
  points: number,
  activity: Activity,
  known: Known,
): Factor[] {
  const account = outsiderIn(principal, activity, known);
  return account ? [{ id: 'outsider', points, because: `account ${account} is none that the settings know` }] : [];
}

/** What sharing with everybody, with an outsider, and with known accounts only is worth. */
export type Shares = { everybody: number; outsider: number; known: number };

/** With whom something is shared: account ids, or `all` or `*`. */
export function sharingFactors(whom: readonly string[], worth: Shares, activity: Activity, known: Known): Factor[] {
  if (whom.some((each) => each === '*' || each.toLowerCase() === 'all'))
    return [{ id: 'shared', points: worth.everybody, because: 'everybody may use it' }];
  const outsider = whom.find((each) => outsiderIn(each, activity, known));
  if (outsider) return [{ id: 'shared', points: worth.outsider, because: `account ${accountIn(outsider)} may use it` }];
  const isKnown = whom.length > 0 && whom.every((each) => accountIn(each));
  return isKnown
    ? [{ id: 'shared', points: worth.known, because: 'only accounts that the settings know may use it' }]
    : [];
}

/** EC2's lists are `{ items: […] }` in CloudTrail's records; other services write the list, or its only element, itself. */
export function itemsAt(fields: Fields, key: string): Fields[] {
  const value = at(fields, key);
  return list(isFields(value) && at(value, 'items') !== undefined ? at(value, 'items') : value).filter(isFields);
}

/** The whole number at `key`, which CloudTrail writes as a number or as its text. */
export function integerAt(fields: Fields, key: string): number | undefined {
  const value = at(fields, key);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** Whom EC2's Modify…Attribute adds to a permission: account ids, ARNs of organizations, and `all`. */
export function addedTo(request: Fields, permission: string): string[] {
  const added = itemsAt(inner(request, permission), 'add');
  return added
    .map((each) => text(each, 'userId') ?? text(each, 'group') ?? organizationIn(each))
    .filter((each) => each !== undefined);
}

function organizationIn(item: Fields): string | undefined {
  return text(item, 'organizationArn') ?? text(item, 'organizationalUnitArn');
}
