// Whom a trust policy newly lets in from outside, as a factor of the risk.
import type { Activity } from '../events/activity.ts';
import { isReadable, type PolicyDocument, parsePolicy } from '../policy/document.ts';
import { accountIn } from '../policy/exposure.ts';
import { isPublicProvider } from '../policy/providers.ts';
import { newcomers, newOutsiders, type Outsider } from '../policy/trust.ts';
import type { Factor } from './risk.ts';
import type { Known } from './rule.ts';
import type { Former } from './target.ts';

/** The newcomer that weighs most; none where nobody new is let in. */
export function trustFactors(
  after: PolicyDocument | undefined,
  before: Former,
  activity: Activity,
  known: Known,
): Factor[] {
  if (!after || !isReadable(parsePolicy(after)))
    return [{ id: 'trust', points: 20, because: 'the trust policy could not be read' }];
  return newOutsiders(before ?? undefined, after, activity.account)
    .map((each) => trustFactor(each, known))
    .sort((a, b) => b.points - a.points)
    .slice(0, 1);
}

/** Where nobody new comes from outside: whether the actor lets itself in, or it is certain that nobody new comes in at all. */
export function insideFactors(after: PolicyDocument | undefined, before: Former, { actor }: Activity): Factor[] {
  if (!after) return [];
  const added = newcomers(before ?? undefined, after);
  if (added.includes(actor.id)) return [{ id: 'self', points: 20, because: 'the actor lets itself assume the role' }];
  const isNarrower = before && added.length === 0;
  return isNarrower ? [{ id: 'trust', points: -20, because: 'it lets in nobody who was not let in before' }] : [];
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
