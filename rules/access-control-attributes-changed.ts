import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';
import { list } from '../policy/shapes.ts';

// Where policies ask for a tag of the session, whoever decides what the tag says decides who is let in.
export default {
  id: 'access-control-attributes-changed',
  title: 'Attributes for access control changed',
  why: 'Which attributes of a person IAM Identity Center hands on as tags of the session was changed. Policies that let people in by their department or project believe these tags: whoever maps a tag to an attribute that people write themselves opens all that those policies guard. It is normal once, when such policies are introduced.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1556'],
    cis: ['1.21'],
    nist: ['AC-3', 'AC-3(13)', 'AC-16'],
    pci: ['7.2.1', '7.2.2'],
    hipaa: ['164.312(a)(1)'],
    practice: 'session tags come from attributes that only the directory team can write',
  },
  on: [
    'sso:CreateInstanceAccessControlAttributeConfiguration',
    'sso:UpdateInstanceAccessControlAttributeConfiguration',
    'sso:DeleteInstanceAccessControlAttributeConfiguration',
  ],

  detect(activity) {
    const instance = text(activity.request, 'instanceArn');
    const isFirst = activity.name === 'sso:CreateInstanceAccessControlAttributeConfiguration';
    const keys = keysIn(activity);
    return {
      target: resourceTarget('Identity Center instance', instance),
      because: `${activity.actor.name} ${doing(activity)} the attributes for access control${keys.length > 0 ? ` (${keys.join(', ')})` : ''} of ${called('Identity Center instance', instance)}`,
      factors: isFirst ? [] : [{ id: 'relied', points: 15, because: 'policies may rely on what they were before' }],
    };
  },

  automatic: false,

  examples: {
    'mallory decides what her department is': {
      event: did(user('mallory'), 'sso:UpdateInstanceAccessControlAttributeConfiguration', {
        instanceArn: 'ssoins-1',
        instanceAccessControlAttributeConfiguration: {
          accessControlAttributes: [{ key: 'department', value: { source: ['$' + '{path:nickName}'] } }],
        },
      }),
      finds: 'mallory changed the attributes for access control (department) of Identity Center instance ssoins-1',
    },
    'a deployment introduces them': {
      event: did(role('deploy', 'ci-42'), 'sso:CreateInstanceAccessControlAttributeConfiguration', {
        instanceArn: 'ssoins-1',
        accessControlAttributes: [{ key: 'team' }, { key: 'project' }, 7],
      }),
      finds:
        'role deploy (session ci-42) set the attributes for access control (team, project) of Identity Center instance ssoins-1',
    },
    'alice may not delete them': {
      event: did(user('alice'), 'sso:DeleteInstanceAccessControlAttributeConfiguration', null, {
        error: 'AccessDeniedException',
      }),
      finds:
        'alice tried to delete the attributes for access control of an Identity Center instance that the record does not name',
    },
    'alice looks at them': {
      event: did(user('alice'), 'sso:DescribeInstanceAccessControlAttributeConfiguration', { instanceArn: 'ssoins-1' }),
    },
  },
} satisfies Rule;

function doing(activity: Activity): string {
  if (activity.name === 'sso:CreateInstanceAccessControlAttributeConfiguration') return verb(activity, 'set', 'set');
  if (activity.name === 'sso:UpdateInstanceAccessControlAttributeConfiguration')
    return verb(activity, 'changed', 'change');
  return verb(activity, 'deleted', 'delete');
}

/** The API was changed: the list stands by itself in older calls. */
function keysIn({ request }: Activity): string[] {
  const settings = inner(request, 'instanceAccessControlAttributeConfiguration');
  const attributes = list(at(settings, 'accessControlAttributes') ?? at(request, 'accessControlAttributes'));
  const keys = attributes.filter(isFields).map((each) => text(each, 'key'));
  return keys.filter((each) => each !== undefined).slice(0, 5);
}
