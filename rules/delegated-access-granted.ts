import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One click lets an outsider in with the rights of whoever clicked: no role and no key is left to be found.
export default {
  id: 'delegated-access-granted',
  title: 'Delegated access granted to a partner',
  why: 'Somebody accepted the request of a partner company for temporary access to the account, or sent it the token with which the access begins. The partner then acts with the rights of whoever accepted, as far as its request goes. It is normal while a product of that company is being set up; a request that came in a mail that nobody expected is phishing.',
  severity: 'medium',
  maps: {
    mitre: ['T1199', 'T1548.005', 'T1528'],
    cis: [],
    nist: ['AC-2(2)', 'AC-3', 'AC-6', 'AC-20'],
    pci: ['7.2.1', '8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)'],
    practice: 'access for suppliers is announced before it is asked for',
  },
  on: ['iam:AcceptDelegationRequest', 'iam:SendDelegationToken'],

  detect(activity) {
    const request = text(activity.request, 'delegationRequestId');
    const sent = activity.name === 'iam:SendDelegationToken';
    const did = sent ? verb(activity, 'sent the token of', 'send the token of') : verb(activity, 'accepted', 'accept');
    return {
      target: resourceTarget('delegation request', request),
      because: `${activity.actor.name} ${did} ${called('delegation request', request)}`,
      factors: sent
        ? [{ id: 'final', points: 10, because: 'what was accepted cannot be taken back from here on' }]
        : [],
    };
  },

  automatic: false,

  examples: {
    'alice clicks on accept': {
      event: did(user('alice'), 'iam:AcceptDelegationRequest', { delegationRequestId: 'dr-0123456789abcdef0' }),
      finds: 'alice accepted delegation request dr-0123456789abcdef0',
    },
    'ana sends the token': {
      event: did(identityCenter('ana@example.com', 'Admin'), 'iam:SendDelegationToken', {
        delegationRequestId: 'dr-0123456789abcdef0',
      }),
      finds: 'ana@example.com sent the token of delegation request dr-0123456789abcdef0',
    },
    'bob may not': {
      event: did(
        user('bob'),
        'iam:AcceptDelegationRequest',
        { delegationRequestId: 'dr-0123456789abcdef0' },
        { error: 'AccessDenied' },
      ),
      finds: 'bob tried to accept delegation request dr-0123456789abcdef0',
    },
    'a request without its id': {
      event: did(user('alice'), 'iam:AcceptDelegationRequest', { delegationRequestId: 7 }),
      finds: 'alice accepted a delegation request that the record does not name',
    },
    'alice rejects it': {
      event: did(user('alice'), 'iam:RejectDelegationRequest', { delegationRequestId: 'dr-0123456789abcdef0' }),
    },
  },
} satisfies Rule;
