import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Before a machine talks to its master it asks for the address: here nobody writes down the question.
export default {
  id: 'resolver-query-log-stopped',
  title: 'Log of DNS queries stopped',
  why: 'The log of the names that machines in a network ask for was deleted, or taken off a network. In it one sees miners, remote control and data that leaks through names. The machines go on as before, so nothing fails. It is normal when a network is taken down or the log moves to another place.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008', 'T1071.004'],
    cis: [],
    nist: ['AU-12', 'SI-4', 'SC-7'],
    pci: ['10.2.1.6', '10.7.2', '11.5.1'],
    hipaa: ['164.312(b)'],
    practice: 'the DNS queries of all networks are logged',
  },
  on: ['route53resolver:DeleteResolverQueryLogConfig', 'route53resolver:DisassociateResolverQueryLogConfig'],

  detect(activity) {
    const { request } = activity;
    const log = text(request, 'resolverQueryLogConfigId');
    const network = text(request, 'resourceId');
    const isDeleted = activity.name === 'route53resolver:DeleteResolverQueryLogConfig';
    const what = isDeleted ? verb(activity, 'deleted', 'delete') : verb(activity, 'took', 'take');
    return {
      target: resourceTarget('DNS query log', log),
      because: `${activity.actor.name} ${what} ${called('DNS query log', log)}${isDeleted ? '' : ` off ${called('network', network)}`}`,
    };
  },

  automatic: false,

  examples: {
    'mallory asks without witnesses': {
      event: did(user('mallory'), 'route53resolver:DisassociateResolverQueryLogConfig', {
        resolverQueryLogConfigId: 'rqlc-0abc',
        resourceId: 'vpc-0abc',
      }),
      finds: 'mallory took DNS query log rqlc-0abc off network vpc-0abc',
    },
    'mallory deletes the log': {
      event: did(role('web', 'i-0abc'), 'route53resolver:DeleteResolverQueryLogConfig', {
        resolverQueryLogConfigId: 'rqlc-0abc',
      }),
      finds: 'role web (session i-0abc) deleted DNS query log rqlc-0abc',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'route53resolver:DeleteResolverQueryLogConfig',
        { resolverQueryLogConfigId: null },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to delete a DNS query log that the record does not name',
    },
    'a network gets a log': {
      event: did(user('alice'), 'route53resolver:AssociateResolverQueryLogConfig', {
        resolverQueryLogConfigId: 'rqlc-0abc',
        resourceId: 'vpc-0abc',
      }),
    },
    'a rule of the resolver is deleted': {
      event: did(user('alice'), 'route53resolver:DeleteResolverRule', { resolverRuleId: 'rslvr-rr-0abc' }),
    },
  },
} satisfies Rule;
