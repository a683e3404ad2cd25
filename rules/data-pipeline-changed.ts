import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// An old service that few remember, and that runs any command with the role it is given.
export default {
  id: 'data-pipeline-changed',
  title: 'Data pipeline changed',
  why: 'A pipeline of AWS Data Pipeline was created, defined or set going. It starts machines with a role and runs commands on them, so whoever defines it acts as the role. AWS takes no new customers for the service: where it is in use, the people who use it are known; where it is not, there is no normal reason.',
  severity: 'info',
  maps: {
    mitre: ['T1648', 'T1548.005'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-7'],
    pci: ['2.2.4', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'services that are not in use are denied by a service control policy',
  },
  on: ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],

  detect(activity) {
    const name = text(activity.request, 'name') ?? text(activity.request, 'pipelineId');
    const [done, tried] = WORDS[activity.name] ?? ['created', 'create'];
    return {
      target: resourceTarget('data pipeline', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('data pipeline', name)}`,
      factors: commandFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory runs commands': {
      event: did(user('mallory'), 'datapipeline:PutPipelineDefinition', {
        pipelineId: 'df-01',
        pipelineObjects: [
          {
            id: 'step',
            name: 'step',
            fields: [
              { key: 'type', stringValue: 'ShellCommandActivity' },
              { key: 'command', stringValue: 'curl 203.0.113.80' },
            ],
          },
        ],
      }),
      finds: 'mallory defined data pipeline df-01',
    },
    'a deployment makes one': {
      event: did(role('deploy', 'ci-42'), 'datapipeline:CreatePipeline', { name: 'orders', uniqueId: 'orders-1' }),
      finds: 'role deploy (session ci-42) created data pipeline orders',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'datapipeline:ActivatePipeline',
        { pipelineId: 1, pipelineObjects: [null, { fields: 'x' }, { fields: [null] }] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to activate a data pipeline that the record does not name',
    },
    'a pipeline of another service: another rule': {
      event: did(user('alice'), 'codepipeline:CreatePipeline', { pipeline: { name: 'shop' } }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'datapipeline:PutPipelineDefinition': ['defined', 'define'],
  'datapipeline:ActivatePipeline': ['activated', 'activate'],
};

function commandFactors({ request }: Activity): Factor[] {
  const fields = fieldsIn(at(request, 'pipelineObjects')).flatMap((each) => fieldsIn(at(each, 'fields')));
  const hasCommand = fields.some((each) => text(each, 'stringValue') === 'ShellCommandActivity');
  return hasCommand ? [{ id: 'command', points: 20, because: 'it runs commands with its role' }] : [];
}

function fieldsIn(value: unknown) {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
