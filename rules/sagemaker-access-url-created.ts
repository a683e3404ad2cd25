import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The address opens a terminal with the role of the notebook, from any browser, for whoever has it.
export default {
  id: 'sagemaker-access-url-created',
  title: 'Address of a SageMaker notebook created',
  why: 'Somebody asked for an address that opens a notebook or Studio of SageMaker without a further login. In there one acts with the role of the notebook. It is how people get to their work every day; an address to a notebook that belongs to somebody else, or asked for by a program, is a way to the role and the data of others.',
  severity: 'low',
  maps: {
    mitre: ['T1548.005', 'T1550', 'T1021.007'],
    cis: [],
    nist: ['AC-6', 'AC-17', 'AU-12'],
    pci: ['7.2.1', '10.2.1.2'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'addresses are limited to the notebooks and profile of their owner',
  },
  on: ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:CreatePresignedDomainUrl'],

  detect(activity) {
    const isStudio = activity.name === 'sagemaker:CreatePresignedDomainUrl';
    const [kind, key] = isStudio
      ? ['SageMaker profile', 'userProfileName']
      : ['SageMaker notebook', 'notebookInstanceName'];
    const name = text(activity.request, key);
    return {
      target: resourceTarget(kind, name),
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} an address that opens ${called(kind, name)}`,
      factors: isStudio ? [STUDIO] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory opens the notebook of eve': {
      event: did(user('mallory'), 'sagemaker:CreatePresignedNotebookInstanceUrl', { notebookInstanceName: 'eve' }),
      finds: 'mallory created an address that opens SageMaker notebook eve',
    },
    'ana opens Studio': {
      event: did(identityCenter('ana', 'DataScience'), 'sagemaker:CreatePresignedDomainUrl', {
        domainId: 'd-01',
        userProfileName: 'ana',
      }),
      finds: 'ana created an address that opens SageMaker profile ana',
    },
    'a program may not, and the record is odd': {
      event: did(
        role('build', 'ci-42'),
        'sagemaker:CreatePresignedNotebookInstanceUrl',
        { notebookInstanceName: {} },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'role build (session ci-42) tried to create an address that opens a SageMaker notebook that the record does not name',
    },
    'another presigned address': {
      event: did(user('alice'), 'emr:CreatePersistentAppUI', { targetResourceArn: 'eve' }),
    },
  },
} satisfies Rule;

const STUDIO: Factor = { id: 'studio', points: -10, because: 'Studio is opened like this every day' };
