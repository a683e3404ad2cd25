import type { Rule } from '../core/rule.ts';
import { called, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A service arrives in the account: nobody but that service can use the role, but somebody wanted it here.
export default {
  id: 'service-linked-role-created',
  title: 'Service-linked role created',
  why: 'The role that an AWS service needs to work in this account was made, by hand or by the first use of that service. Only the service can assume it, with permissions that AWS wrote, so it is no way in. It is everyday work; it is kept on record because it shows which services somebody has begun to use, and an intruder who mines or exports data starts new ones.',
  severity: 'info',
  maps: {
    mitre: ['T1098.003', 'T1136.003'],
    cis: [],
    nist: ['AC-2(4)', 'CM-7'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'services out of use are switched off by the organization',
  },
  on: ['iam:CreateServiceLinkedRole'],

  detect(activity) {
    const service = called('service', text(activity.request, 'awsServiceName'));
    const name = text(inner(activity.response, 'role'), 'roleName');
    return {
      target: name ? { kind: 'principal', principal: { type: 'role', name } } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} the service-linked role of ${service}`,
    };
  },

  automatic: false,

  examples: {
    'a deployment starts the first cluster': {
      event: did(
        role('deploy', 'ci-42'),
        'iam:CreateServiceLinkedRole',
        { aWSServiceName: 'eks.amazonaws.com' },
        {
          response: { role: { roleName: 'AWSServiceRoleForAmazonEKS', path: '/aws-service-role/eks.amazonaws.com/' } },
        },
      ),
      finds: 'role deploy (session ci-42) created the service-linked role of service eks.amazonaws.com',
    },
    'there is one already': {
      event: did(
        user('bob'),
        'iam:CreateServiceLinkedRole',
        { aWSServiceName: 'spot.amazonaws.com' },
        { error: 'InvalidInput' },
      ),
      finds: 'bob tried to create the service-linked role of service spot.amazonaws.com',
    },
    'the record does not name the service': {
      event: did(user('bob'), 'iam:CreateServiceLinkedRole', { aWSServiceName: {} }),
      finds: 'bob created the service-linked role of a service that the record does not name',
    },
    'an ordinary role for the same service: another rule': {
      event: did(user('alice'), 'iam:CreateRole', { roleName: 'eks' }),
    },
  },
} satisfies Rule;
