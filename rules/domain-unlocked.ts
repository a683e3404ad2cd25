import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Whoever has the domain has the mail, the web site and every password that is reset by mail.
export default {
  id: 'domain-unlocked',
  title: 'Transfer lock of a domain taken off',
  why: 'The lock that keeps a registered domain from being moved to another registrar was taken off. With the authorization code, which the same person can read, the domain is moved away, and mail and web sites with it. It is normal in the days of a planned move; otherwise lock it again at once.',
  severity: 'high',
  maps: {
    mitre: ['T1584.001', 'T1562'],
    cis: [],
    nist: ['CM-5', 'SC-20'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'domains kept in an account of their own, transfers denied',
  },
  on: ['route53domains:DisableDomainTransferLock'],

  detect(activity) {
    const domain = text(activity.request, 'domainName');
    return {
      target: resourceTarget('domain', domain),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} the transfer lock off ${called('domain', domain)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory prepares to move the domain': {
      event: did(user('mallory'), 'route53domains:DisableDomainTransferLock', { domainName: 'example.com' }),
      finds: 'mallory took the transfer lock off domain example.com',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'route53domains:DisableDomainTransferLock',
        { domainName: 'example.com' },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to take the transfer lock off domain example.com',
    },
    'a request that names no domain': {
      event: did(user('mallory'), 'route53domains:DisableDomainTransferLock', { domainName: 0 }),
      finds: 'mallory took the transfer lock off a domain that the record does not name',
    },
    'alice locks it': {
      event: did(user('alice'), 'route53domains:EnableDomainTransferLock', { domainName: 'example.com' }),
    },
  },
} satisfies Rule;
