import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A template does whatever its role may do: who may pass the role has its permissions.
export default {
  id: 'cloudformation-stack-deployed',
  title: 'CloudFormation stack deployed',
  why: 'A stack or a set of stacks was created or changed. CloudFormation then makes everything that the template says, with the role it was given or with the rights of the caller. It is how infrastructure is built, all day. Whoever may pass a strong role can let a template do what he may not do himself; what it makes is judged where it is made.',
  severity: 'info',
  maps: {
    mitre: ['T1548.005', 'T1578'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'stacks are deployed by a pipeline, with a role of their own',
  },
  on: [
    'cloudformation:CreateStack',
    'cloudformation:UpdateStack',
    'cloudformation:CreateChangeSet',
    'cloudformation:ExecuteChangeSet',
    'cloudformation:CreateStackSet',
    'cloudformation:UpdateStackSet',
    'cloudformation:CreateStackInstances',
  ],

  detect(activity) {
    const set = text(activity.request, 'stackSetName');
    const isSet = activity.name.endsWith('StackSet') || activity.name === 'cloudformation:CreateStackInstances';
    const [kind, name] = isSet ? ['stack set', set] : ['stack', text(activity.request, 'stackName')];
    const [done, tried] = WORDS[activity.name] ?? ['created', 'create'];
    return {
      target: resourceTarget(kind, name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, name)}`,
      factors: factorsOf(activity.request, isSet),
    };
  },

  automatic: false,

  examples: {
    'mallory lets a template act as a role': {
      event: did(user('mallory'), 'cloudformation:CreateStack', {
        stackName: 'helper',
        templateURL: 'https://s3.amazonaws.com/scratch/helper.yml',
        capabilities: ['CAPABILITY_NAMED_IAM'],
        roleARN: 'arn:aws:iam::111122223333:role/cloudformation',
      }),
      finds: 'mallory created stack helper',
    },
    'a release': {
      event: did(role('deploy', 'ci-42'), 'cloudformation:ExecuteChangeSet', {
        stackName: 'shop',
        changeSetName: 'release-42',
      }),
      finds: 'role deploy (session ci-42) carried out changes of stack shop',
    },
    'a guardrail for all accounts': {
      event: did(role('platform', 'ci-42'), 'cloudformation:CreateStackInstances', {
        stackSetName: 'baseline',
        deploymentTargets: { organizationalUnitIds: ['ou-abcd-01234567'] },
        regions: ['us-east-1'],
      }),
      finds: 'role platform (session ci-42) deployed stack set baseline',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'cloudformation:UpdateStack',
        { stackName: [], roleARN: 5 },
        { error: 'AccessDenied' },
      ),
      finds: 'mallory tried to change a stack that the record does not name',
    },
    'a stack is described': {
      event: did(user('alice'), 'cloudformation:DescribeStacks', { stackName: 'shop' }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'cloudformation:UpdateStack': ['changed', 'change'],
  'cloudformation:CreateChangeSet': ['prepared changes of', 'prepare changes of'],
  'cloudformation:ExecuteChangeSet': ['carried out changes of', 'carry out changes of'],
  'cloudformation:UpdateStackSet': ['changed', 'change'],
  'cloudformation:CreateStackInstances': ['deployed', 'deploy'],
};

function factorsOf(request: Fields, isSet: boolean): Factor[] {
  const given = text(request, 'roleARN') ?? text(request, 'administrationRoleARN');
  const factors: Factor[] = [];
  if (given) factors.push({ id: 'role', points: 10, because: `the template is carried out as ${given}` });
  if (isSet) factors.push({ id: 'accounts', points: 10, because: 'a stack set reaches many accounts' });
  return factors;
}
