import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// Where policies ask for a tag, whoever writes the tag writes the permission.
export default {
  id: 'principal-tags-changed',
  title: 'Tags of a user or role changed',
  why: "Tags were put on an IAM user or role, or taken off. Mostly they say whose it is and who pays. Where policies compare tags with those of resources, they decide what it may reach, and a tag that somebody puts on themselves is a permission that they gave themselves; so is taking one off that a deny asks for. Deployments write other principals' tags every day.",
  severity: 'info',
  maps: {
    mitre: ['T1098', 'T1098.003'],
    cis: ['4.4'],
    nist: ['AC-2(4)', 'AC-3', 'AC-16'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'tags that decide access are written by a few',
  },
  on: ['iam:TagUser', 'iam:TagRole', 'iam:UntagUser', 'iam:UntagRole'],

  detect(activity) {
    const principal = principalIn(activity);
    if (!principal) return undefined;
    const own = isSelf(activity, principal);
    const whom = own ? `themselves (${nameOfPrincipal(principal)})` : nameOfPrincipal(principal);
    const how = activity.name.startsWith('iam:Untag')
      ? verb(activity, 'untagged', 'untag')
      : verb(activity, 'tagged', 'tag');
    return {
      target: { kind: 'principal', principal },
      because: `${activity.actor.name} ${how} ${whom}${keysIn(activity)}`,
      factors: own ? [{ id: 'self', points: 30, because: 'where tags decide access, the actor decides its own' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory joins a project': {
      event: did(user('mallory'), 'iam:TagUser', {
        userName: 'mallory',
        tags: [{ key: 'project', value: 'payments' }],
      }),
      finds: 'mallory tagged themselves (user mallory) with project',
    },
    'a role session takes its own limit off': {
      event: did(role('build', 'ci-42'), 'iam:UntagRole', { roleName: 'build', tagKeys: ['restricted'] }),
      finds: 'role build (session ci-42) untagged themselves (role build) of restricted',
    },
    'a deployment writes who pays': {
      event: did(role('deploy', 'ci-42'), 'iam:TagRole', {
        roleName: 'web',
        tags: [{ key: 'team', value: 'shop' }, { key: 'cost-center', value: '42' }, null],
      }),
      finds: 'role deploy (session ci-42) tagged role web with team, cost-center',
    },
    'bob may not': {
      event: did(user('bob'), 'iam:TagUser', { userName: 'bob', tags: 'project' }, { error: 'AccessDenied' }),
      finds: 'bob tried to tag themselves (user bob)',
    },
    'a request that names nobody': {
      event: did(user('alice'), 'iam:TagRole', { tags: [] }),
    },
    'a policy is tagged': {
      event: did(user('alice'), 'iam:TagPolicy', { policyArn: 'arn:aws:iam::111122223333:policy/deploy', tags: [] }),
    },
  },
} satisfies Rule;

/** " with project", " of restricted"; nothing where the record does not show the keys. */
function keysIn({ request, name }: Activity): string {
  const untagged = name.startsWith('iam:Untag');
  const list = at(request, untagged ? 'tagKeys' : 'tags');
  if (!Array.isArray(list)) return '';
  const keys = list
    .slice(0, 5)
    .map((each: unknown) => (isFields(each) ? text(each, 'key') : each))
    .filter((each) => typeof each === 'string' && each !== '');
  return keys.length > 0 ? ` ${untagged ? 'of' : 'with'} ${keys.join(', ')}` : '';
}
