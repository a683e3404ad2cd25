import { clauses, sharingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';

// Run books tell how the house is built: host names, paths, and now and then a password.
export default {
  id: 'ssm-document-shared',
  title: 'Systems Manager document shared',
  why: 'A document of Systems Manager was shared with other accounts or with everybody. Run books hold commands, names and sometimes secrets, and a public one is found by anybody who lists documents. It is normal among the accounts of an organization, and for vendors that publish documents.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1526'],
    cis: [],
    nist: ['AC-3', 'AC-21', 'AC-22'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'public sharing of documents blocked in the settings of Systems Manager',
  },
  on: ['ssm:ModifyDocumentPermission'],

  detect(activity, known) {
    const whom = strings(at(activity.request, 'accountIdsToAdd'));
    if (whom.length === 0) return undefined;
    const name = text(activity.request, 'name');
    const factors = sharingFactors(whom, { everybody: 25, outsider: 5, known: -25 }, activity, known);
    return {
      target: resourceTarget('document', name),
      because: `${activity.actor.name} ${verb(activity, 'shared', 'share')} ${called('document', name)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory publishes the run book': {
      event: did(user('mallory'), 'ssm:ModifyDocumentPermission', sharing(['all'])),
      finds: 'mallory shared document failover: everybody may use it',
    },
    'mallory shares it with her own account, and may not': {
      event: did(user('mallory'), 'ssm:ModifyDocumentPermission', sharing([OUTSIDE]), { error: 'AccessDenied' }),
      finds: 'mallory tried to share document failover: account 999988887777 may use it',
    },
    'a deployment shares it, and with whom is odd': {
      event: did(role('deploy', 'ci-42'), 'ssm:ModifyDocumentPermission', sharing(['the team', null])),
      finds: 'role deploy (session ci-42) shared document failover',
    },
    'the sharing ends': {
      event: did(user('alice'), 'ssm:ModifyDocumentPermission', {
        name: 'failover',
        permissionType: 'Share',
        accountIdsToRemove: ['all'],
      }),
    },
  },
} satisfies Rule;

function sharing(accountIdsToAdd: unknown[]) {
  return { name: 'failover', permissionType: 'Share', accountIdsToAdd };
}
