// What a change grants, as a factor of the risk: every rule about policies weighs it alike.
import type { Activity } from '../events/activity.ts';
import { isReadable, type PolicyDocument } from '../policy/document.ts';
import { type Grant, grantOf } from '../policy/grant.ts';
import { managedGrant } from '../policy/managed.ts';
import { addsNothing } from '../policy/narrowing.ts';
import { accountIn, isPublicProvider, type Outsider, outsidersOf } from '../policy/trust.ts';
import { reference } from './documents.ts';
import type { Factor } from './risk.ts';
import type { Known } from './rule.ts';
import type { Former } from './target.ts';

const POINTS: { [level in Grant['level']]: number } = {
  admin: 50,
  escalation: 45,
  wide: 35,
  unknown: 20,
  broad: 15,
  limited: 0,
  read: -15,
  none: -20,
};

/** What a managed policy grants: AWS's own by name, the customer's by its document where that is known. */
export function grantOfManaged(arn: string, known: Known): Grant {
  return managedGrant(arn) ?? grantOf(known.document(reference.granted(arn)) ?? undefined);
}

/** The document to ask for, to know what a managed policy grants. */
export function documentsOfManaged(arn: string | undefined): string[] {
  return arn && !managedGrant(arn) ? [reference.granted(arn)] : [];
}

export function grantFactor(grant: Grant): Factor {
  return { id: 'grant', points: POINTS[grant.level], because: `it grants ${grant.says}` };
}

/** What nobody has yet weighs half: a policy that is attached to nobody, a version that is not the default. */
export function dormantFactors(grant: Grant, because: string): Factor[] {
  const { id, points, because: says } = grantFactor(grant);
  return [
    { id, points: Math.round(points / 2), because: says },
    { id: 'dormant', points: -5, because },
  ];
}

/** What a document grants where it replaces another one: only what is new weighs. */
export function replacementFactors(after: PolicyDocument | undefined, before: Former, isSelf: boolean): Factor[] {
  if (after && before && addsNothing(after, before))
    return [{ id: 'grant', points: -15, because: 'it grants nothing that the former document did not' }];
  const grant = grantOf(after);
  return [grantFactor(grant), ...selfFactor(isSelf, grant)];
}

/** The factor for a permission that an identity gives to itself; reading rights are no gain. */
export function selfFactor(isSelf: boolean, grant: Grant): Factor[] {
  const gains = POINTS[grant.level] >= 0;
  return isSelf && gains ? [{ id: 'self', points: 10, because: 'the actor gives it to itself' }] : [];
}

/** Whom a trust policy lets in from outside, as the factor that weighs most; none where it lets in nobody new. */
export function trustFactors(
  after: PolicyDocument | undefined,
  before: Former,
  activity: Activity,
  known: Known,
): Factor[] {
  if (!after || !isReadable(after)) return [{ id: 'trust', points: 20, because: 'the trust policy could not be read' }];
  const already = new Set(before ? outsidersOf(before, activity.account).map((each) => nameOf(each)) : []);
  const isNew = (each: Outsider) => !already.has(nameOf(each)) && !already.has(nameOf(each, ''));
  const added = outsidersOf(after, activity.account).filter(isNew);
  return added
    .map((each) => trustFactor(each, known))
    .sort((a, b) => b.points - a.points)
    .slice(0, 1);
}

function trustFactor(outsider: Outsider, known: Known): Factor {
  const [points, who] = weight(outsider, known);
  return {
    id: 'trust',
    points,
    because: `${who} may assume the role${outsider.pinned ? ', within conditions' : ''}`,
  };
}

// Conditions lower the weight but do not take it away: whoever opens a role to himself can write an external id, too.
function weight({ kind, name, pinned }: Outsider, known: Known): [number, string] {
  if (kind === 'everyone') return [pinned ? 35 : 60, 'everyone'];
  if (kind === 'except') return [pinned ? 35 : 60, 'everyone but a few'];
  if (kind === 'federated' && isPublicProvider(name))
    return [pinned ? 10 : 50, pinned ? `identities of ${name}` : `everybody with an identity of ${name}`];
  if (kind === 'federated') return [pinned ? 0 : 15, `identities of ${name}`];
  const account = accountIn(name);
  if (account === undefined) return [35, `${name}, whose account is not known,`];
  if (known.accounts.has(account)) return [5, `account ${account}, which the settings know,`];
  return [pinned ? 30 : 50, `${name} of another account`];
}

/** Another external id is news, and so is dropping it; a condition more for who came in without any is none. */
function nameOf({ kind, name, conditions }: Outsider, under = conditions): string {
  return JSON.stringify([kind, name, under]);
}
