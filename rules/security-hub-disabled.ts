import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';

// The place where all findings meet: without it each detector speaks for itself, and nobody listens to all.
export default {
  id: 'security-hub-disabled',
  title: 'Security Hub disabled',
  why: 'Security Hub was disabled in a region. Its checks stop, findings of GuardDuty, Inspector and others no longer meet there, and what forwards them to the people on duty gets nothing. Findings are deleted after 90 days. It is normal only when an account is closed; a replacement runs before the old one stops.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['SI-4', 'AU-6(4)', 'CA-7'],
    pci: ['10.4.1.1', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'Security Hub in every account and region, administered from elsewhere',
  },
  on: ['securityhub:DisableSecurityHub', 'securityhub:DisableSecurityHubV2'],

  detect(activity) {
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'disabled', 'disable')} Security Hub in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory closes the control room': {
      event: did(user('mallory'), 'securityhub:DisableSecurityHub', {}),
      finds: 'mallory disabled Security Hub in us-east-1',
    },
    'the record shows no request': {
      event: did(user('mallory'), 'securityhub:DisableSecurityHub', null, { region: 'eu-west-1' }),
      finds: 'mallory disabled Security Hub in eu-west-1',
    },
    'the administrator account keeps it on': {
      event: did(role('web', 'i-0abc'), 'securityhub:DisableSecurityHub', {}, { error: 'InvalidInputException' }),
      finds: 'role web (session i-0abc) tried to disable Security Hub in us-east-1',
    },
    'Security Hub is enabled': {
      event: did(user('alice'), 'securityhub:EnableSecurityHub', { EnableDefaultStandards: true }),
    },
  },
} satisfies Rule;
