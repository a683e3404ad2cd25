import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// Kept on record, as the benchmark asks: alone it opens nothing.
export default {
  id: 'security-group-changed',
  title: 'Security group created, deleted or narrowed',
  why: 'A security group was made or deleted, or rules were taken from it. None of that opens anything: a new group lets nothing in, and less is allowed than before. It is everyday work, kept on record because an intruder who builds a way in makes a group first, and one who wants to disturb takes rules away.',
  severity: 'info',
  maps: {
    mitre: ['T1562.007', 'T1489'],
    cis: ['4.10'],
    nist: ['AC-4', 'CM-3', 'SC-7'],
    pci: ['1.2.1', '1.2.2'],
    hipaa: ['164.312(e)(1)'],
    practice: 'security groups change with deployments only',
  },
  on: [
    'ec2:CreateSecurityGroup',
    'ec2:DeleteSecurityGroup',
    'ec2:RevokeSecurityGroupIngress',
    'ec2:RevokeSecurityGroupEgress',
  ],

  detect(activity) {
    const { name, request, response } = activity;
    const wrapped = inner(request, `${name.slice('ec2:'.length)}Request`);
    const group = [request, response, wrapped].map((each) => text(each, 'groupId')).find((each) => each !== undefined);
    const [done, tried] = WORDS[name] ?? ['changed', 'change'];
    const shown = group ?? text(request, 'groupName');
    return {
      target: resourceTarget('security group', shown),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('security group', shown)}`,
    };
  },

  automatic: false,

  examples: {
    'a deployment makes a group': {
      event: did(
        role('deploy', 'ci-42'),
        'ec2:CreateSecurityGroup',
        { groupName: 'web', vpcId: 'vpc-1' },
        { response: { groupId: 'sg-1' } },
      ),
      finds: 'role deploy (session ci-42) created security group sg-1',
    },
    'alice closes a port': {
      event: did(user('alice'), 'ec2:RevokeSecurityGroupIngress', { groupId: 'sg-1' }),
      finds: 'alice took rules from security group sg-1',
    },
    'mallory may not, and names no group': {
      event: did(
        user('mallory'),
        'ec2:DeleteSecurityGroup',
        { groupId: {} },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'mallory tried to delete a security group that the record does not name',
    },
    'the group of a cache: another service': {
      event: did(user('alice'), 'redshift:DeleteClusterSecurityGroup', { clusterSecurityGroupName: 'web' }),
    },
  },
} satisfies Rule;

const TAKEN: [done: string, tried: string] = ['took rules from', 'take rules from'];

const WORDS: { [name: string]: [done: string, tried: string] } = {
  'ec2:CreateSecurityGroup': ['created', 'create'],
  'ec2:DeleteSecurityGroup': ['deleted', 'delete'],
  'ec2:RevokeSecurityGroupIngress': TAKEN,
  'ec2:RevokeSecurityGroupEgress': TAKEN,
};
