import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// Who is on a machine gets every permission of the role that somebody gives to it.
export default {
  id: 'ec2-instance-profile-changed',
  title: 'Role of an EC2 instance changed',
  why: 'A running virtual machine was given a role, another role, or had its role taken away. Whoever is on the machine can fetch the credentials of the role, so somebody who may do this and gets onto the machine has what the role has. It is normal when a machine is prepared for a new task. A role with administrator rights on a machine hardly ever is.',
  severity: 'low',
  maps: {
    mitre: ['T1548.005', 'T1098.003', 'T1552.005'],
    cis: ['1.18'],
    nist: ['AC-6', 'CM-5'],
    pci: ['7.2.1', '7.2.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'machines get the smallest role, when they are launched',
  },
  on: [
    'ec2:AssociateIamInstanceProfile',
    'ec2:ReplaceIamInstanceProfileAssociation',
    'ec2:DisassociateIamInstanceProfile',
  ],

  detect(activity) {
    const asked = askedOf(activity);
    const association = inner(inner(activity.response, answerOf(activity)), 'iamInstanceProfileAssociation');
    const instance = text(asked, 'instanceId') ?? text(association, 'instanceId');
    const profile = inner(asked, 'iamInstanceProfile');
    const name = text(profile, 'name') ?? text(profile, 'arn');
    const words = activity.name === 'ec2:DisassociateIamInstanceProfile' ? TAKEN : GIVEN;
    const what = words === TAKEN ? 'its role from' : `instance profile ${name ?? '(not shown)'} to`;
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, ...words)} ${what} ${called('EC2 instance', instance)}`,
      factors: nameFactors(name),
    };
  },

  automatic: false,

  examples: {
    'eve makes her machine an administrator': {
      event: did(user('eve'), 'ec2:AssociateIamInstanceProfile', {
        AssociateIamInstanceProfileRequest: { InstanceId: 'i-01', IamInstanceProfile: { Name: 'ops-admin' } },
      }),
      finds: 'eve gave instance profile ops-admin to EC2 instance i-01',
    },
    'a deployment replaces a role': {
      event: did(
        role('deploy', 'ci-42'),
        'ec2:ReplaceIamInstanceProfileAssociation',
        {
          ReplaceIamInstanceProfileAssociationRequest: {
            AssociationId: 'iip-assoc-01',
            IamInstanceProfile: { Name: 'web' },
          },
        },
        {
          response: {
            ReplaceIamInstanceProfileAssociationResponse: { iamInstanceProfileAssociation: { instanceId: 'i-01' } },
          },
        },
      ),
      finds: 'role deploy (session ci-42) gave instance profile web to EC2 instance i-01',
    },
    'eve may not': {
      event: did(
        user('eve'),
        'ec2:DisassociateIamInstanceProfile',
        { DisassociateIamInstanceProfileRequest: { AssociationId: 'iip-assoc-01' } },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'eve tried to take its role from an EC2 instance that the record does not name',
    },
    'associations are listed': {
      event: did(user('alice'), 'ec2:DescribeIamInstanceProfileAssociations', {}),
    },
  },
} satisfies Rule;

const GIVEN: [done: string, tried: string] = ['gave', 'give'];
const TAKEN: [done: string, tried: string] = ['took', 'take'];

/** Newer EC2 calls are recorded as `{ AssociateIamInstanceProfileRequest: { … } }`. */
function askedOf({ name, request }: Activity): Fields {
  const wrapped = at(request, `${name.slice('ec2:'.length)}Request`);
  return isFields(wrapped) ? wrapped : request;
}

function answerOf({ name }: Activity): string {
  return `${name.slice('ec2:'.length)}Response`;
}

function nameFactors(name: string | undefined): Factor[] {
  if (!name || !/admin|root|power-?user/i.test(name)) return [];
  return [{ id: 'privileged', points: 15, because: `${name} sounds like a role of great power` }];
}
