import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';

// Code of the caller's choice, with a role of the caller's choice, on large machines.
export default {
  id: 'sagemaker-job-started',
  title: 'SageMaker job started',
  why: 'A training, processing or AutoML job or a pipeline of SageMaker was set going. It runs an image or script of the caller with a role that the caller names, so it is a way to act as that role. Data scientists do this every day, on large machines, too. Very many machines for one job deserve a question: somebody may be computing on your bill.',
  severity: 'info',
  maps: {
    mitre: ['T1548.005', 'T1496.001', 'T1610'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'SI-4'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'roles may be passed to jobs only one by one, by name',
  },
  on: [
    'sagemaker:CreateTrainingJob',
    'sagemaker:CreateProcessingJob',
    'sagemaker:CreateAutoMLJob',
    'sagemaker:CreatePipeline',
  ],

  detect(activity) {
    const [kind, key] = KINDS[activity.name] ?? ['SageMaker job', 'name'];
    const name = text(activity.request, key);
    return {
      target: resourceTarget(kind, name),
      because: `${activity.actor.name} ${verb(activity, 'started', 'start')} ${called(kind, name)}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'fifty machines for mallory': {
      event: did(user('mallory'), 'sagemaker:CreateTrainingJob', {
        trainingJobName: 'helper',
        roleArn: 'arn:aws:iam::111122223333:role/training',
        resourceConfig: { instanceType: 'ml.p4d.24xlarge', instanceCount: 50, volumeSizeInGB: 50 },
      }),
      finds: 'mallory started training job helper',
    },
    'a data scientist prepares data': {
      event: did(role('data-science', 'eve'), 'sagemaker:CreateProcessingJob', {
        processingJobName: 'orders',
        roleArn: 'arn:aws:iam::111122223333:role/training',
        processingResources: { clusterConfig: { instanceType: 'ml.m5.xlarge', instanceCount: 1 } },
      }),
      finds: 'role data-science (session eve) started processing job orders',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'sagemaker:CreateAutoMLJob',
        { autoMLJobName: 1, resourceConfig: { instanceCount: 'fifty' } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to start an AutoML job that the record does not name',
    },
    'a pipeline of another service: another rule': {
      event: did(user('alice'), 'codepipeline:CreatePipeline', { pipeline: { name: 'shop' } }),
    },
  },
} satisfies Rule;

const KINDS: { [event: string]: [kind: string, key: string] } = {
  'sagemaker:CreateTrainingJob': ['training job', 'trainingJobName'],
  'sagemaker:CreateProcessingJob': ['processing job', 'processingJobName'],
  'sagemaker:CreateAutoMLJob': ['AutoML job', 'autoMLJobName'],
  'sagemaker:CreatePipeline': ['SageMaker pipeline', 'pipelineName'],
};

function factorsOf({ request }: Activity): Factor[] {
  const given = text(request, 'roleArn');
  const count = machinesIn(request);
  const factors: Factor[] = [];
  if (given) factors.push({ id: 'role', points: 10, because: `its code acts as ${given}` });
  if (count >= 10) factors.push({ id: 'many', points: 35, because: `${count} machines for one job` });
  return factors;
}

function machinesIn(request: Fields): number {
  const processing = inner(inner(request, 'processingResources'), 'clusterConfig');
  const count = at(inner(request, 'resourceConfig'), 'instanceCount') ?? at(processing, 'instanceCount');
  return typeof count === 'number' ? count : 0;
}
