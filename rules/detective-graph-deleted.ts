import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

const GRAPH = 'arn:aws:detective:us-east-1:111122223333:graph:027c7c4610ea4aacaf0b883093cab899';

// A year of who did what with whom, gone in one call.
export default {
  id: 'detective-graph-deleted',
  title: 'Behavior graph of Detective deleted',
  why: 'The behavior graph of Amazon Detective was deleted, which is how Detective is turned off. Up to a year of linked logs of all member accounts, the material of investigations, cannot be brought back. It is normal only when somebody decided to do without it. If an investigation is running, assume that it is meant.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001', 'T1070'],
    cis: [],
    nist: ['AU-6', 'AU-11', 'IR-4'],
    pci: ['10.5.1', '10.7.2'],
    hipaa: ['164.308(a)(6)(ii)', '164.312(b)'],
    practice: 'the material of investigations lies out of reach of those whom it shows',
  },
  on: ['detective:DeleteGraph'],

  detect(activity) {
    const graph = text(activity.request, 'graphArn');
    return {
      target: resourceTarget('behavior graph', graph),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('behavior graph', graph)} of Detective`,
    };
  },

  automatic: false,

  examples: {
    'mallory burns the files': {
      event: did(user('mallory'), 'detective:DeleteGraph', { GraphArn: GRAPH }),
      finds: `mallory deleted behavior graph ${GRAPH} of Detective`,
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'detective:DeleteGraph',
        { GraphArn: GRAPH },
        { error: 'AccessDeniedException' },
      ),
      finds: `role web (session i-0abc) tried to delete behavior graph ${GRAPH} of Detective`,
    },
    'the record does not name it': {
      event: did(user('mallory'), 'detective:DeleteGraph', {}),
      finds: 'mallory deleted a behavior graph that the record does not name of Detective',
    },
    'a graph of a database': {
      event: did(user('alice'), 'neptune-graph:DeleteGraph', { graphIdentifier: 'g-12abc' }),
    },
  },
} satisfies Rule;
