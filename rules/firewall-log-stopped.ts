import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';

const ACL = 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/1a2b';

// The firewall goes on, but what knocked at it, and what it let in, is not written down.
export default {
  id: 'firewall-log-stopped',
  title: 'Log of a firewall stopped',
  why: 'The log of a web firewall or a network firewall was turned off. Attacks on the application, and what came through, leave no trace there any more. It is normal when the log moves or the firewall is taken down; the log then goes last. Look whether somebody is probing the application right now.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008', 'T1562.007'],
    cis: [],
    nist: ['AU-12', 'SC-7', 'SI-4'],
    pci: ['6.4.2', '10.2.1.6', '10.7.2'],
    hipaa: ['164.312(b)'],
    practice: 'every firewall writes a log',
  },
  on: [
    'wafv2:DeleteLoggingConfiguration',
    'waf:DeleteLoggingConfiguration',
    'waf-regional:DeleteLoggingConfiguration',
    'network-firewall:UpdateLoggingConfiguration',
  ],

  detect(activity) {
    const { request } = activity;
    const left = at(inner(request, 'loggingConfiguration'), 'logDestinationConfigs');
    if (activity.name === 'network-firewall:UpdateLoggingConfiguration' && !(Array.isArray(left) && left.length === 0))
      return undefined;
    const firewall = text(request, 'resourceArn') ?? text(request, 'firewallName') ?? text(request, 'firewallArn');
    return {
      target: resourceTarget('firewall', firewall),
      because: `${activity.actor.name} ${verb(activity, 'stopped', 'stop')} the log of ${called('firewall', firewall)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory probes the shop without witnesses': {
      event: did(user('mallory'), 'wafv2:DeleteLoggingConfiguration', { resourceArn: ACL }),
      finds: `mallory stopped the log of firewall ${ACL}`,
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'wafv2:DeleteLoggingConfiguration',
        { resourceArn: ACL },
        { error: 'AccessDeniedException' },
      ),
      finds: `role web (session i-0abc) tried to stop the log of firewall ${ACL}`,
    },
    'the last destination of a network firewall': {
      event: did(user('mallory'), 'network-firewall:UpdateLoggingConfiguration', {
        firewallArn: 7,
        loggingConfiguration: { logDestinationConfigs: [] },
      }),
      finds: 'mallory stopped the log of a firewall that the record does not name',
    },
    'a network firewall writes more': {
      event: did(user('alice'), 'network-firewall:UpdateLoggingConfiguration', {
        firewallName: 'edge',
        loggingConfiguration: { logDestinationConfigs: [{ logType: 'FLOW' }] },
      }),
    },
    'a log is turned on': {
      event: did(user('alice'), 'wafv2:PutLoggingConfiguration', { loggingConfiguration: { resourceArn: ACL } }),
    },
  },
} satisfies Rule;
