import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A member account gets power over all others, and with it everybody who is an administrator there.
export default {
  id: 'delegated-administrator-registered',
  title: 'Delegated administrator registered',
  why: 'A member account may administer a service for the whole organization from now on. For Identity Center or stack sets that comes close to the management account itself: whoever has the member account has every account. An intruder who was in the management account once keeps his power that way. It is normal when a service is introduced, and rare.',
  severity: 'medium',
  maps: {
    mitre: ['T1098.003', 'T1666', 'T1484'],
    cis: ['4.15'],
    nist: ['AC-2', 'AC-5', 'AC-6', 'CM-3'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'services are delegated to accounts that are guarded like the management account',
  },
  on: ['organizations:RegisterDelegatedAdministrator'],

  detect(activity) {
    const account = text(activity.request, 'accountId');
    const service = text(activity.request, 'servicePrincipal');
    return {
      target: resourceTarget('account', account),
      because: `${activity.actor.name} ${verb(activity, 'made', 'make')} ${called('account', account)} administrator of ${service ?? 'a service that the record does not name'} for the organization`,
      factors: powerFactors(service),
    };
  },

  automatic: false,

  examples: {
    'mallory gives an account that she has power over all others': {
      event: did(user('mallory'), 'organizations:RegisterDelegatedAdministrator', {
        accountId: '444455556666',
        servicePrincipal: 'sso.amazonaws.com',
      }),
      finds: 'mallory made account 444455556666 administrator of sso.amazonaws.com for the organization',
    },
    'a service that only looks': {
      event: did(role('deploy', 'ci-42'), 'organizations:RegisterDelegatedAdministrator', {
        accountId: '444455556666',
        servicePrincipal: 'securityhub.amazonaws.com',
      }),
      finds:
        'role deploy (session ci-42) made account 444455556666 administrator of securityhub.amazonaws.com for the organization',
    },
    'a build may not, and says nothing': {
      event: did(role('build', 'ci-42'), 'organizations:RegisterDelegatedAdministrator', null, {
        error: 'AccessDeniedException',
      }),
      finds:
        'role build (session ci-42) tried to make an account that the record does not name administrator of a service that the record does not name for the organization',
    },
    'a delegation ends: another rule': {
      event: did(user('alice'), 'organizations:DeregisterDelegatedAdministrator', { accountId: '444455556666' }),
    },
  },
} satisfies Rule;

const POWERFUL = /(^|\.)(sso|cloudformation|ssm|iam|account)\.amazonaws\.com/;

function powerFactors(service: string | undefined): Factor[] {
  if (!service || !POWERFUL.test(service)) return [];
  return [{ id: 'power', points: 20, because: 'through this service it reaches into every account' }];
}
