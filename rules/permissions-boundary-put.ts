import { documentsOfManaged, gainsOfBoundary, gainsOfDocument } from '../core/gains.ts';
import { clauseOf, newsOf } from '../core/grants.ts';
import { contentOfManaged } from '../core/removal.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, principalIn, verb } from '../core/subject.ts';
import { nameOfPrincipal } from '../core/target.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A boundary limits what an identity can ever be given; a wide one in its place is the same as none.
export default {
  id: 'permissions-boundary-put',
  title: 'Permissions boundary set',
  why: 'The most that a user or role may do was set. That is a good thing where there was no boundary, and it is normal in accounts where teams make their own roles. Where a boundary that allows everything takes the place of a narrow one, whatever else the identity was given comes into force.',
  severity: 'low',
  maps: {
    mitre: ['T1098.003', 'T1548'],
    cis: ['4.4'],
    nist: ['AC-3', 'AC-6', 'AC-6(1)'],
    pci: ['7.2.1', '7.2.2', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'boundaries that those whom they limit cannot change',
  },
  on: ['iam:PutUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary'],

  documents: (activity) => documentsOfManaged(text(activity.request, 'permissionsBoundary')),

  whose: (activity) => [principalIn(activity)].filter((each) => each !== undefined),

  detect(activity, known) {
    const principal = principalIn(activity);
    const boundary = text(activity.request, 'permissionsBoundary');
    if (!principal || !boundary) return undefined;
    const content = contentOfManaged(boundary, known);
    const limits = gainsOfDocument(content ?? undefined, activity).gains[0]?.level !== 'admin';
    const gains = gainsOfBoundary(principal, content, activity, known);
    const own = isSelf(activity, principal);
    return {
      target: { kind: 'principal', principal },
      because: `${activity.actor.name} ${verb(activity, 'set', 'set')} ${boundary} as permissions boundary of ${nameOfPrincipal(principal)}${newsOf(gains)}`,
      factors: [
        ...(gains && gains.gains.length > 0 ? [{ id: 'boundary', points: 20, because: clauseOf(gains) }] : []),
        ...(limits || gains
          ? []
          : [{ id: 'boundary', points: 20, because: 'the boundary allows everything and limits nothing' }]),
        ...(own ? [{ id: 'self', points: 10, because: 'it is the limit of the actor itself' }] : []),
      ],
    };
  },

  automatic: false,

  examples: {
    'alice gives herself a boundary that limits nothing': {
      event: did(user('alice'), 'iam:PutUserPermissionsBoundary', {
        userName: 'alice',
        permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
      finds: 'alice set arn:aws:iam::aws:policy/AdministratorAccess as permissions boundary of user alice',
    },
    'a deployment limits a role': {
      event: did(role('deploy', 'ci-42'), 'iam:PutRolePermissionsBoundary', {
        roleName: 'web',
        permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
      }),
      documents: {
        'granted/arn:aws:iam::111122223333:policy/boundary': {
          Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
        },
      },
      finds:
        'role deploy (session ci-42) set arn:aws:iam::111122223333:policy/boundary as permissions boundary of role web',
    },
    'a request that names no boundary': {
      event: did(user('alice'), 'iam:PutUserPermissionsBoundary', { userName: 'alice' }),
    },
  },
} satisfies Rule;
