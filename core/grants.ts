// What a change grants, as a factor of the risk: every rule about policies weighs it alike.
import type { Activity } from '../events/activity.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { type Grant, grantOf, managedGrant } from '../policy/grant.ts';
import { type Outsider, outsidersOf } from '../policy/trust.ts';
import { reference } from './documents.ts';
import type { Factor } from './risk.ts';
import type { Known } from './rule.ts';

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
  return managedGrant(arn) ?? grantOf(known.document(reference.policy(arn)) ?? undefined);
}

/** The document to ask for, to know what a managed policy grants. */
export function documentsOfManaged(arn: string | undefined): string[] {
  return arn && !managedGrant(arn) ? [reference.policy(arn)] : [];
}

export function grantFactor(grant: Grant): Factor {
  return { id: 'grant', points: POINTS[grant.level], because: `it grants ${grant.says}` };
}

/** The factor for a permission that an identity gives to itself; reading rights are no gain. */
export function selfFactor(isSelf: boolean, grant: Grant): Factor[] {
  const gains = POINTS[grant.level] >= 0;
  return isSelf && gains ? [{ id: 'self', points: 10, because: 'the actor gives it to itself' }] : [];
}

/** Whom a trust policy lets in from outside, as factors; empty where it lets in nobody new. */
export function trustFactors(
  after: PolicyDocument | undefined,
  before: PolicyDocument | null | undefined,
  activity: Activity,
  known: Known,
): Factor[] {
  if (!after) return [{ id: 'trust', points: 20, because: 'the trust policy could not be read' }];
  const already = new Set(before ? outsidersOf(before, activity.account).map(nameOf) : []);
  const added = outsidersOf(after, activity.account).filter((each) => !already.has(nameOf(each)));
  return added
    .map((each) => trustFactor(each, known))
    .sort((a, b) => b.points - a.points)
    .slice(0, 1);
}

function trustFactor(outsider: Outsider, known: Known): Factor {
  const points = (open: number) => (outsider.pinned ? Math.round(open / 3) : open);
  const limits = outsider.pinned ? ', within conditions' : '';
  if (outsider.kind === 'everyone' || outsider.kind === 'except')
    return { id: 'trust', points: points(60), because: `everyone may assume the role${limits}` };
  if (outsider.kind === 'federated')
    return { id: 'trust', points: points(30), because: `identities of ${outsider.name} may assume the role${limits}` };
  const account = outsider.name.startsWith('arn:') ? (outsider.name.split(':')[4] ?? outsider.name) : outsider.name;
  if (known.accounts.has(account))
    return {
      id: 'trust',
      points: 5,
      because: `account ${account}, which the settings know, may assume the role${limits}`,
    };
  return {
    id: 'trust',
    points: points(50),
    because: `${outsider.name} of another account may assume the role${limits}`,
  };
}

/** The same principal under other conditions is another outsider: dropping the external id is news. */
function nameOf(outsider: Outsider): string {
  return `${outsider.kind} ${outsider.name} ${outsider.pinned}`;
}
