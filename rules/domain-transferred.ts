import { sharingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The other account has only to accept, and the name of the company is theirs.
export default {
  id: 'domain-transferred',
  title: 'Domain handed to another account',
  why: 'A registered domain is being handed to another AWS account. Once that account accepts, it decides where mail and web sites go; until then, for three days, the transfer can be cancelled with CancelDomainTransferToAnotherAwsAccount. It is normal when domains are moved into one account of the organization.',
  severity: 'high',
  maps: {
    mitre: ['T1584.001'],
    cis: [],
    nist: ['CM-5', 'SC-20'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'domains kept in an account of their own, transfers denied',
  },
  on: ['route53domains:TransferDomainToAnotherAwsAccount'],

  detect(activity, known) {
    const domain = text(activity.request, 'domainName');
    const account = text(activity.request, 'accountId');
    return {
      target: resourceTarget('domain', domain),
      because: `${activity.actor.name} ${verb(activity, 'handed', 'hand')} ${called('domain', domain)} to ${called('account', account)}`,
      factors: sharingFactors(account ? [account] : [], { everybody: 0, outsider: 10, known: -35 }, activity, known),
    };
  },

  automatic: false,

  examples: {
    'mallory takes the name': {
      event: did(user('mallory'), 'route53domains:TransferDomainToAnotherAwsAccount', {
        domainName: 'example.com',
        accountId: OUTSIDE,
      }),
      finds: 'mallory handed domain example.com to account 999988887777',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'route53domains:TransferDomainToAnotherAwsAccount',
        { domainName: 'example.com', accountId: OUTSIDE },
        { error: 'AccessDenied' },
      ),
      finds: 'role build (session ci-42) tried to hand domain example.com to account 999988887777',
    },
    'a request that says nothing': {
      event: did(user('mallory'), 'route53domains:TransferDomainToAnotherAwsAccount', { accountId: null }),
      finds: 'mallory handed a domain that the record does not name to an account that the record does not name',
    },
    'the transfer is cancelled': {
      event: did(user('alice'), 'route53domains:CancelDomainTransferToAnotherAwsAccount', {
        domainName: 'example.com',
      }),
    },
  },
} satisfies Rule;
