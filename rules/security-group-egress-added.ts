import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Most groups let everything out anyway; where one did not, somebody had a reason.
export default {
  id: 'security-group-egress-added',
  title: 'Security group let more out',
  why: 'Machines of a security group may connect to more places than before. By default a group lets everything out, so this matters only where somebody had limited it: then data can leave, or a program can call home, past that limit. It is everyday work of deployments.',
  severity: 'info',
  maps: {
    mitre: ['T1562.007', 'T1048'],
    cis: ['4.10'],
    nist: ['AC-4', 'SC-7'],
    pci: ['1.2.1', '1.3.2'],
    hipaa: ['164.312(e)(1)'],
    practice: 'outgoing connections limited where data lie',
  },
  on: ['ec2:AuthorizeSecurityGroupEgress'],

  detect(activity) {
    const group = text(activity.request, 'groupId') ?? text(activity.request, 'groupName');
    return {
      target: resourceTarget('security group', group),
      because: `${activity.actor.name} ${verb(activity, 'let', 'let')} ${called('security group', group)} connect to more places`,
    };
  },

  automatic: false,

  examples: {
    'mallory makes a way out': {
      event: did(user('mallory'), 'ec2:AuthorizeSecurityGroupEgress', {
        groupId: 'sg-1',
        ipPermissions: { items: [{ ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
      }),
      finds: 'mallory let security group sg-1 connect to more places',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'ec2:AuthorizeSecurityGroupEgress',
        { groupId: 'sg-1' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role build (session ci-42) tried to let security group sg-1 connect to more places',
    },
    'a request that names no group': {
      event: did(user('alice'), 'ec2:AuthorizeSecurityGroupEgress', { groupId: 5 }),
      finds: 'alice let a security group that the record does not name connect to more places',
    },
    'something is let in: another rule': {
      event: did(user('alice'), 'ec2:AuthorizeSecurityGroupIngress', { groupId: 'sg-1' }),
    },
  },
} satisfies Rule;
