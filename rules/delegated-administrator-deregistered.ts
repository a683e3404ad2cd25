import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The security account stops seeing the others, without anybody touching a detector.
export default {
  id: 'delegated-administrator-deregistered',
  title: 'Delegated administrator removed',
  why: 'A member account does not administer a service for the organization any more. If it was the security account, it does not see the findings, trails or analyzers of the others from now on, and some services delete what they had set up for it. An intruder blinds it this way without touching a single detector. It is normal when the work moves to another account.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001', 'T1562.008', 'T1666'],
    cis: ['4.15', '4.16'],
    nist: ['AU-6', 'CM-3', 'SI-4'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'a policy that denies it to all but the deployment of the organization',
  },
  on: ['organizations:DeregisterDelegatedAdministrator'],

  detect(activity) {
    const account = text(activity.request, 'accountId');
    const service = text(activity.request, 'servicePrincipal');
    return {
      target: resourceTarget('account', account),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} from ${called('account', account)} the administration of ${service ?? 'a service that the record does not name'}`,
      factors: isWatching(service)
        ? [{ id: 'watch', points: 20, because: 'the account saw with it what happens in all others' }]
        : [],
    };
  },

  automatic: false,

  examples: {
    'mallory blinds the security account': {
      event: did(user('mallory'), 'organizations:DeregisterDelegatedAdministrator', {
        accountId: '444455556666',
        servicePrincipal: 'guardduty.amazonaws.com',
      }),
      finds: 'mallory took from account 444455556666 the administration of guardduty.amazonaws.com',
    },
    'a service that guards nothing': {
      event: did(user('alice'), 'organizations:DeregisterDelegatedAdministrator', {
        accountId: '444455556666',
        servicePrincipal: 'license-manager.amazonaws.com',
      }),
      finds: 'alice took from account 444455556666 the administration of license-manager.amazonaws.com',
    },
    'a build may not, and says nothing': {
      event: did(role('build', 'ci-42'), 'organizations:DeregisterDelegatedAdministrator', null, {
        error: 'AccessDeniedException',
      }),
      finds:
        'role build (session ci-42) tried to take from an account that the record does not name the administration of a service that the record does not name',
    },
    'an administrator is registered: another rule': {
      event: did(user('alice'), 'organizations:RegisterDelegatedAdministrator', { accountId: '444455556666' }),
    },
  },
} satisfies Rule;

const WATCHING =
  /(^|\.)(cloudtrail|config|config-multiaccountsetup|guardduty|securityhub|access-analyzer|detective|macie|inspector2|fms|auditmanager|securitylake|sso|iam|backup)\.amazonaws\.com$/;

function isWatching(service: string | undefined): boolean {
  return service !== undefined && WATCHING.test(service);
}
