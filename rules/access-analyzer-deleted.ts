import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// What is open to the outside is found by it, and by nothing else as soon.
export default {
  id: 'access-analyzer-deleted',
  title: 'Access analyzer deleted',
  why: 'An analyzer of IAM Access Analyzer was deleted, with all of its findings. It reports buckets, keys and roles that are open to the outside; whoever is about to open one, or has done so, gains time by deleting it. It is normal when one for the whole organization takes the place of those in the accounts.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['1.20'],
    nist: ['AC-6(7)', 'CA-7', 'SI-4'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(8)'],
    practice: 'an analyzer in every region, for the whole organization',
  },
  on: ['access-analyzer:DeleteAnalyzer', 'access-analyzer:DeleteServiceLinkedAnalyzer'],

  detect(activity) {
    const analyzer = text(activity.request, 'analyzerName');
    return {
      target: resourceTarget('access analyzer', analyzer),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('access analyzer', analyzer)} in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory is about to open a bucket': {
      event: did(user('mallory'), 'access-analyzer:DeleteAnalyzer', { analyzerName: 'outside', clientToken: '1' }),
      finds: 'mallory deleted access analyzer outside in us-east-1',
    },
    'a build may not': {
      event: did(
        role('build', 'ci-42'),
        'access-analyzer:DeleteAnalyzer',
        { analyzerName: 'outside' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role build (session ci-42) tried to delete access analyzer outside in us-east-1',
    },
    'a record that does not name it': {
      event: did(user('mallory'), 'access-analyzer:DeleteAnalyzer', {}),
      finds: 'mallory deleted an access analyzer that the record does not name in us-east-1',
    },
    'an analyzer is created': {
      event: did(user('alice'), 'access-analyzer:CreateAnalyzer', { analyzerName: 'outside', type: 'ACCOUNT' }),
    },
  },
} satisfies Rule;
