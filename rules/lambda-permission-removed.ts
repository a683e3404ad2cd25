import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Nothing is opened by it; a function that watched over something may not be started any more.
export default {
  id: 'lambda-permission-removed',
  title: 'Permission to use a Lambda function or layer removed',
  why: 'Somebody may no longer call a Lambda function or use a layer. It is everyday work, and closes a door more often than not. It is kept on record because a function that reacts to alarms or checks changes is silenced in the same way: look at what the function is for.',
  severity: 'info',
  maps: {
    mitre: ['T1489', 'T1562.001'],
    cis: [],
    nist: ['AC-3', 'CM-3'],
    pci: ['10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'permissions of functions change with deployments only',
  },
  on: ['lambda:RemovePermission', 'lambda:RemoveLayerVersionPermission'],

  detect(activity) {
    const layer = text(activity.request, 'layerName');
    const [type, name] = layer
      ? (['Lambda layer', layer] as const)
      : (['Lambda function', text(activity.request, 'functionName')] as const);
    return {
      target: resourceTarget(type, name),
      because: `${activity.actor.name} ${verb(activity, 'removed', 'remove')} a permission to use ${called(type, name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory silences a function': {
      event: did(user('mallory'), 'lambda:RemovePermission20150331v2', { functionName: 'alarm', statementId: 's1' }),
      finds: 'mallory removed a permission to use Lambda function alarm',
    },
    'a deployment closes a layer': {
      event: did(role('deploy', 'ci-42'), 'lambda:RemoveLayerVersionPermission20181031', { layerName: 'core' }),
      finds: 'role deploy (session ci-42) removed a permission to use Lambda layer core',
    },
    'mallory may not, and names no function': {
      event: did(
        user('mallory'),
        'lambda:RemovePermission20150331v2',
        { functionName: 9 },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to remove a permission to use a Lambda function that the record does not name',
    },
    'a queue is closed: another service': {
      event: did(user('alice'), 'sqs:RemovePermission', { queueUrl: 'orders', label: 's1' }),
    },
  },
} satisfies Rule;
