import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, text } from '../events/fields.ts';
import { accountOf } from '../policy/arn.ts';

// Whoever writes a function's code or adds a layer to it runs with the function's role.
export default {
  id: 'lambda-function-changed',
  title: 'Lambda function changed',
  why: 'A Lambda function was created, its code or settings were changed, or a layer was published. The code runs with the role of the function, so whoever writes it can do what the role may. Deployments do this all day. A layer from an account that nobody knows, or a wrapper that starts before the code, brings in code that the function does not show.',
  severity: 'info',
  maps: {
    mitre: ['T1648', 'T1548.005', 'T1525'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'CM-5'],
    pci: ['6.5.1', '7.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
    practice: 'functions change through a reviewed deployment and use layers of known accounts only',
  },
  on: [
    'lambda:CreateFunction',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'lambda:PublishLayerVersion',
  ],

  detect(activity, known) {
    const isLayer = activity.name === 'lambda:PublishLayerVersion';
    const [kind, name] = isLayer
      ? ['Lambda layer', text(activity.request, 'layerName')]
      : ['Lambda function', text(activity.request, 'functionName')];
    const [done, tried] = WORDS[activity.name] ?? ['changed', 'change'];
    const factors = [...layerFactors(activity, known), ...loaderFactors(activity)];
    return {
      target: resourceTarget(kind, name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, name)}${factors.map((each) => `: ${each.because}`).join('')}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory slips a layer of her own account under the invoices': {
      event: did(user('mallory'), 'lambda:UpdateFunctionConfiguration20150331v2', {
        functionName: 'invoices',
        environment: {},
        layers: ['arn:aws:lambda:us-east-1:999988887777:layer:helper:1'],
      }),
      finds:
        'mallory changed the settings of Lambda function invoices: a layer comes from account 999988887777, which is not known',
    },
    'a library is loaded before everything else': {
      event: did(role('developer', 'eve'), 'lambda:UpdateFunctionConfiguration', {
        functionName: 'invoices',
        environment: { variables: { LD_PRELOAD: 'HIDDEN_DUE_TO_SECURITY_REASONS' } },
      }),
      finds:
        'role developer (session eve) changed the settings of Lambda function invoices: LD_PRELOAD loads other code before that of the function',
    },
    'a deployment uses layers of its own account and of AWS': {
      event: did(role('deploy', 'ci-42'), 'lambda:CreateFunction', {
        functionName: 'invoices',
        runtime: 'python3.13',
        role: 'arn:aws:iam::111122223333:role/invoices',
        code: { s3Bucket: 'artifacts', s3Key: 'invoices.zip' },
        layers: [
          'arn:aws:lambda:us-east-1:111122223333:layer:common:7',
          'arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:53',
        ],
      }),
      finds: 'role deploy (session ci-42) created Lambda function invoices',
    },
    'new code is refused': {
      event: did(user('mallory'), 'lambda:UpdateFunctionCode', { functionName: 'invoices' }, { error: 'AccessDenied' }),
      finds: 'mallory tried to change the code of Lambda function invoices',
    },
    'a layer, and the record does not show which': {
      event: did(role('deploy', 'ci-42'), 'lambda:PublishLayerVersion', { content: {}, layers: 'none' }),
      finds: 'role deploy (session ci-42) published a version of a Lambda layer that the record does not name',
    },
    'the settings are read': {
      event: did(user('alice'), 'lambda:GetFunctionConfiguration', { functionName: 'invoices' }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'lambda:CreateFunction': ['created', 'create'],
  'lambda:UpdateFunctionCode': ['changed the code of', 'change the code of'],
  'lambda:UpdateFunctionConfiguration': ['changed the settings of', 'change the settings of'],
  'lambda:PublishLayerVersion': ['published a version of', 'publish a version of'],
};

/** Accounts from which AWS (first line) and makers of monitoring tools publish layers for everybody. */
const PUBLISHERS = new Set([
  ...['017000801446', '094274105915', '580247275435', '901920570463', '615299751070', '336392948345', '753240598075'],
  ...['464622532012', '451483290750', '725887861453', '943013980633'],
]);

function layerFactors({ request, account }: Activity, known: Known): Factor[] {
  const layers = at(request, 'layers');
  const accounts = (Array.isArray(layers) ? layers : []).map((each) => typeof each === 'string' && accountOf(each));
  const strange = accounts.find(
    (each) => each && each !== account && !known.accounts.has(each) && !PUBLISHERS.has(each),
  );
  if (!strange) return [];
  return [{ id: 'layer', points: 35, because: `a layer comes from account ${strange}, which is not known` }];
}

/** CloudTrail leaves out the variables of most calls; where their names are there, these start other code first. */
function loaderFactors({ request }: Activity): Factor[] {
  const variables = inner(inner(request, 'environment'), 'variables');
  const loader = ['LD_PRELOAD', 'LD_AUDIT', 'BASH_ENV'].find((each) => text(variables, each));
  if (loader) return [{ id: 'loader', points: 35, because: `${loader} loads other code before that of the function` }];
  if (!text(variables, 'AWS_LAMBDA_EXEC_WRAPPER')) return [];
  return [{ id: 'loader', points: 20, because: 'a wrapper starts before the function' }];
}
