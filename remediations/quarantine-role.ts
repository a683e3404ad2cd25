import { isQuarantined, observeQuarantine, type Quarantine, quarantinePlan } from '../core/quarantine.ts';
import { remediation } from '../core/remediation.ts';
import { nameOfPrincipal } from '../core/target.ts';

// Stops a role whose sessions cannot be told apart: whoever holds one, or opens one, may do nothing.
export default remediation<'principal', Quarantine>({
  id: 'quarantine-role',
  title: 'Deny everything to a role',
  why: 'Every session of the role, open or new, may do nothing until the quarantine is lifted: whatever runs with the role stops working. Nothing of the role is deleted: undo removes the one inline policy that was added.',
  target: 'principal',
  reach: 'contain',
  needs: [
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:PutRolePolicy',
    'iam:DeleteRolePolicy',
    'iam:ListEntitiesForPolicy',
    'iam:GetGroup',
  ],

  observe: ({ principal }, read) => observeQuarantine(principal, read),

  precheck(seen, { principal }) {
    if (principal.type !== 'role') return `${nameOfPrincipal(principal)} is not a role`;
    return isQuarantined(seen) ? `${nameOfPrincipal(principal)} is in quarantine already` : undefined;
  },

  plan: (seen, { principal }) => quarantinePlan(seen, principal),

  verify: (seen) => isQuarantined(seen),

  examples: {
    'a role without quarantine': {
      target: { kind: 'principal', principal: { type: 'role', name: 'ci' } },
      seen: { policy: null },
      says: 'deny everything to role ci',
    },
    'not a role': {
      target: { kind: 'principal', principal: { type: 'group', name: 'admins' } },
      seen: { policy: null },
      refuses: 'group admins is not a role',
    },
  },
});
