import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A notebook is a machine with a role and a terminal in the browser.
export default {
  id: 'sagemaker-notebook-changed',
  title: 'SageMaker notebook changed',
  why: 'A notebook of SageMaker was made, changed, started or stopped. It is a machine with a role and a terminal, so whoever opens it acts as the role, which often reads all training data. Data scientists do this every day. Another role, or a start-up script that is attached to a notebook of somebody else, is a way to more permissions.',
  severity: 'info',
  maps: {
    mitre: ['T1548.005', 'T1578.002', 'T1578.005'],
    cis: [],
    nist: ['AC-6', 'CM-3'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'roles may be passed to notebooks only one by one, by name',
  },
  on: [
    'sagemaker:CreateNotebookInstance',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:StartNotebookInstance',
    'sagemaker:StopNotebookInstance',
  ],

  detect(activity) {
    const name = text(activity.request, 'notebookInstanceName');
    const [done, tried] = WORDS[activity.name] ?? ['changed', 'change'];
    return {
      target: resourceTarget('SageMaker notebook', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('SageMaker notebook', name)}`,
      factors: factorsOf(activity.request),
    };
  },

  automatic: false,

  examples: {
    'mallory attaches a script to the notebook of eve': {
      event: did(user('mallory'), 'sagemaker:UpdateNotebookInstance', {
        notebookInstanceName: 'eve',
        lifecycleConfigName: 'helper',
      }),
      finds: 'mallory changed SageMaker notebook eve',
    },
    'a data scientist makes one': {
      event: did(role('data-science', 'eve'), 'sagemaker:CreateNotebookInstance', {
        notebookInstanceName: 'eve',
        instanceType: 'ml.t3.medium',
        roleArn: 'arn:aws:iam::111122223333:role/notebooks',
      }),
      finds: 'role data-science (session eve) created SageMaker notebook eve',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'sagemaker:StartNotebookInstance',
        { notebookInstanceName: ['eve'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to start a SageMaker notebook that the record does not name',
    },
    'a notebook is described': {
      event: did(user('alice'), 'sagemaker:DescribeNotebookInstance', { notebookInstanceName: 'eve' }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'sagemaker:CreateNotebookInstance': ['created', 'create'],
  'sagemaker:StartNotebookInstance': ['started', 'start'],
  'sagemaker:StopNotebookInstance': ['stopped', 'stop'],
};

function factorsOf(request: Fields): Factor[] {
  const given = text(request, 'roleArn');
  const script = text(request, 'lifecycleConfigName');
  const factors: Factor[] = [];
  if (given) factors.push({ id: 'role', points: 10, because: `whoever opens it acts as ${given}` });
  if (script) factors.push({ id: 'script', points: 10, because: `script ${script} runs in it as root` });
  return factors;
}
