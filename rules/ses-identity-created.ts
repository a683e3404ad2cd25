import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Who may send in whose name.
export default {
  id: 'ses-identity-created',
  title: 'Sender of mail created',
  why: 'An address or a domain was entered from which the account may send mail, once its owner confirms it. It is normal when a new application sends mail. Thieves of credentials enter addresses of their own or domains that look like yours, to send spam and phishing from your account: look whether you know the domain.',
  severity: 'low',
  maps: {
    mitre: ['T1496.004', 'T1585.002', 'T1566'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'SI-8'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'senders are set up by a deployment, for domains of the organization',
  },
  on: ['ses:VerifyEmailIdentity', 'ses:VerifyDomainIdentity', 'ses:CreateEmailIdentity'],

  detect(activity) {
    const { request } = activity;
    const name = text(request, 'emailAddress') ?? text(request, 'domain') ?? text(request, 'emailIdentity');
    return {
      target: resourceTarget('mail sender', name),
      because: `${activity.actor.name} ${verb(activity, 'entered', 'enter')} ${called('mail sender', name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory enters an address of her own': {
      event: did(user('mallory'), 'ses:VerifyEmailIdentity', { emailAddress: 'mallory@example.net' }),
      finds: 'mallory entered mail sender mallory@example.net',
    },
    'a deployment sets up a domain': {
      event: did(role('deploy', 'ci-42'), 'ses:CreateEmailIdentity', { emailIdentity: 'shop.example.com' }),
      finds: 'role deploy (session ci-42) entered mail sender shop.example.com',
    },
    'mallory may not, and the record is odd': {
      event: did(user('mallory'), 'ses:VerifyDomainIdentity', { domain: null }, { error: 'AccessDenied' }),
      finds: 'mallory tried to enter a mail sender that the record does not name',
    },
    'a sender is deleted': {
      event: did(user('alice'), 'ses:DeleteIdentity', { identity: 'shop.example.com' }),
    },
  },
} satisfies Rule;
