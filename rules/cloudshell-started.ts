import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A shell with the rights of whoever is signed in, from an address that belongs to AWS.
export default {
  id: 'cloudshell-started',
  title: 'CloudShell started',
  why: 'Somebody opened AWS CloudShell, a shell in the browser with the rights of the one who is signed in. Its calls come from addresses of AWS, so that where the person sits cannot be seen any more. Administrators use it every day; it is kept so that what follows from there can be read together with who started it.',
  severity: 'info',
  maps: {
    mitre: ['T1059.009', 'T1078.004'],
    cis: ['1.22'],
    nist: ['AC-6', 'AU-12', 'CM-7'],
    pci: ['10.2.1'],
    hipaa: ['164.312(b)'],
    practice: 'CloudShell only for those who need it',
  },
  on: ['cloudshell:CreateEnvironment', 'cloudshell:CreateSession'],

  detect(activity) {
    const environment = text(activity.request, 'environmentId') ?? text(activity.response, 'environmentId');
    const vpc = text(inner(activity.request, 'vpcConfig'), 'vpcId');
    const isNew = activity.name === 'cloudshell:CreateEnvironment';
    return {
      target: resourceTarget('CloudShell environment', environment),
      because: `${activity.actor.name} ${isNew ? verb(activity, 'created', 'create') : verb(activity, 'opened', 'open')} ${called('CloudShell environment', environment)}${vpc ? ` in ${vpc}` : ''}`,
      factors: vpc ? [{ id: 'network', points: 10, because: 'it reaches into a network of the account' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory gets a shell inside of a network': {
      event: did(
        user('mallory'),
        'cloudshell:CreateEnvironment',
        { environmentName: 'x', vpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] } },
        { response: { environmentId: '0123-4567', status: 'CREATING' } },
      ),
      finds: 'mallory created CloudShell environment 0123-4567 in vpc-1',
    },
    'ana opens the shell': {
      event: did(identityCenter('ana', 'Platform'), 'cloudshell:CreateSession', { environmentId: '0123-4567' }),
      finds: 'ana opened CloudShell environment 0123-4567',
    },
    'a role may not, and names nothing': {
      event: did(role('viewer', 'bob'), 'cloudshell:CreateEnvironment', {}, { error: 'AccessDenied' }),
      finds: 'role viewer (session bob) tried to create a CloudShell environment that the record does not name',
    },
    'a session of another service': {
      event: did(user('alice'), 'glue:CreateSession', { id: 'notebook' }),
    },
  },
} satisfies Rule;
