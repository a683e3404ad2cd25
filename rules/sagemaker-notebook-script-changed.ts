import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The script runs as root in every notebook that uses it, with the role of each.
export default {
  id: 'sagemaker-notebook-script-changed',
  title: 'Start-up script of SageMaker notebooks changed',
  why: 'A lifecycle configuration was made or changed: the script that notebooks of SageMaker run as root when they start. Whoever writes it gets into every notebook that uses it, with the role of each, and stays there. A data platform team changes it now and then through its deployment; by anybody else it is unusual.',
  severity: 'low',
  maps: {
    mitre: ['T1548.005', 'T1037'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
    practice: 'start-up scripts change through a reviewed deployment',
  },
  on: ['sagemaker:CreateNotebookInstanceLifecycleConfig', 'sagemaker:UpdateNotebookInstanceLifecycleConfig'],

  detect(activity) {
    const name = text(activity.request, 'notebookInstanceLifecycleConfigName');
    const isNew = activity.name === 'sagemaker:CreateNotebookInstanceLifecycleConfig';
    const [done, tried] = isNew ? ['created', 'create'] : ['changed', 'change'];
    return {
      target: resourceTarget('lifecycle configuration', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('lifecycle configuration', name)} of SageMaker notebooks`,
    };
  },

  automatic: false,

  examples: {
    'mallory writes herself into all notebooks': {
      event: did(user('mallory'), 'sagemaker:UpdateNotebookInstanceLifecycleConfig', {
        notebookInstanceLifecycleConfigName: 'start',
        onStart: [{ content: 'IyEvYmluL3No' }],
      }),
      finds: 'mallory changed lifecycle configuration start of SageMaker notebooks',
    },
    'a deployment makes one': {
      event: did(role('deploy', 'ci-42'), 'sagemaker:CreateNotebookInstanceLifecycleConfig', {
        notebookInstanceLifecycleConfigName: 'start',
        onCreate: [{ content: 'IyEvYmluL3No' }],
      }),
      finds: 'role deploy (session ci-42) created lifecycle configuration start of SageMaker notebooks',
    },
    'mallory may not, and the record shows nothing': {
      event: did(user('mallory'), 'sagemaker:UpdateNotebookInstanceLifecycleConfig', null, {
        error: 'AccessDeniedException',
      }),
      finds: 'mallory tried to change a lifecycle configuration that the record does not name of SageMaker notebooks',
    },
    'a configuration is deleted': {
      event: did(user('alice'), 'sagemaker:DeleteNotebookInstanceLifecycleConfig', {
        notebookInstanceLifecycleConfigName: 'start',
      }),
    },
  },
} satisfies Rule;
