import { attach, detach, isAttached, NEEDS } from '../core/principal-policies.ts';
import { remediation } from '../core/remediation.ts';
import { nameOfPrincipal } from '../core/target.ts';

type Attachment = { attached: boolean };

// Takes back the one attachment that the event made; everything else that the principal may do stays.
export default remediation<'attached-policy', Attachment>({
  id: 'detach-policy',
  title: 'Detach a managed policy',
  why: 'The user, group or role loses what the policy granted, and only that. Sessions that are open lose it too, within seconds. The policy itself stays, and is attached again with one call.',
  target: 'attached-policy',
  reach: 'undo',
  needs: [...NEEDS.attachment],

  async observe({ principal, policy }, read) {
    const attached = await isAttached(principal, policy, read);
    return attached === undefined ? null : { attached };
  },

  precheck({ attached }, { principal, policy }) {
    return attached ? undefined : `${policy} is not attached to ${nameOfPrincipal(principal)} any more`;
  },

  plan(_seen, { principal, policy }) {
    return {
      says: `detach ${policy} from ${nameOfPrincipal(principal)}`,
      apply: [detach(principal, policy)],
      undo: [attach(principal, policy)],
    };
  },

  verify: (seen) => seen?.attached === false,

  examples: {
    'administrator access on a user': {
      target: {
        kind: 'attached-policy',
        principal: { type: 'user', name: 'bob' },
        policy: 'arn:aws:iam::aws:policy/AdministratorAccess',
      },
      seen: { attached: true },
      says: 'detach arn:aws:iam::aws:policy/AdministratorAccess from user bob',
    },
    'detached meanwhile': {
      target: {
        kind: 'attached-policy',
        principal: { type: 'role', name: 'ci' },
        policy: 'arn:aws:iam::111122223333:policy/deploy',
      },
      seen: { attached: false },
      refuses: 'arn:aws:iam::111122223333:policy/deploy is not attached to role ci any more',
    },
  },
});
