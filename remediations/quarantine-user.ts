import { isQuarantined, observeQuarantine, type Quarantine, quarantinePlan } from '../core/quarantine.ts';
import { remediation } from '../core/remediation.ts';
import { nameOfPrincipal } from '../core/target.ts';

// Stops a user whose credentials cannot be told apart from the attacker's: keys, password and open sessions alike.
export default remediation<'principal', Quarantine>({
  id: 'quarantine-user',
  title: 'Deny everything to a user',
  why: 'The user can sign in but do nothing, with every key and in every session, until the quarantine is lifted. Nothing of the user is deleted: undo removes the one inline policy that was added.',
  target: 'principal',
  reach: 'contain',
  needs: [
    'iam:GetUser',
    'iam:GetUserPolicy',
    'iam:PutUserPolicy',
    'iam:DeleteUserPolicy',
    'iam:ListEntitiesForPolicy',
    'iam:GetGroup',
  ],

  observe: ({ principal }, read) => observeQuarantine(principal, read),

  precheck(seen, { principal }) {
    if (principal.type !== 'user') return `${nameOfPrincipal(principal)} is not a user`;
    return isQuarantined(seen) ? `${nameOfPrincipal(principal)} is in quarantine already` : undefined;
  },

  plan: (seen, { principal }) => quarantinePlan(seen, principal),

  verify: (seen) => isQuarantined(seen),

  examples: {
    'a user without quarantine': {
      target: { kind: 'principal', principal: { type: 'user', name: 'bob' } },
      seen: { policy: null },
      says: 'deny everything to user bob',
    },
    'not a user': {
      target: { kind: 'principal', principal: { type: 'group', name: 'admins' } },
      seen: { policy: null },
      refuses: 'group admins is not a user',
    },
  },
});
