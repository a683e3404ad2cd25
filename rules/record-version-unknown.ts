import type { Rule } from '../core/rule.ts';
import { did, user } from '../events/did.ts';

// The format of records tells where everything stands: a new one may hide what all other rules look for.
export default {
  id: 'record-version-unknown',
  title: 'Record of an unknown format',
  why: 'CloudTrail wrote a record in a format that the guardrail does not know: its fields may mean something else, and rules may overlook what was done. AWS announces a new major version long before; then the guardrail needs an update. A single record with such a version among ordinary ones did not come from CloudTrail.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.008'],
    cis: [],
    nist: ['AU-3', 'SI-4'],
    pci: ['10.2.2'],
    hipaa: ['164.312(b)'],
    practice: 'know what the detection cannot see',
  },
  on: { detail: { eventVersion: [{ 'anything-but': { prefix: '1.' } }] } },

  detect(activity) {
    if (activity.version === undefined || activity.version.startsWith('1.')) return undefined;
    return {
      target: { kind: 'account' },
      because: `a record of version ${activity.version} says that ${activity.actor.name} called ${activity.name}`,
    };
  },

  automatic: false,

  examples: {
    'the next major version': {
      event: did(user('alice'), 'iam:ListUsers', null, { record: { eventVersion: '2.0' } }),
      finds: 'a record of version 2.0 says that alice called iam:ListUsers',
    },
    'a version that is none': {
      event: did(user('alice'), 'iam:ListUsers', null, { record: { eventVersion: 'x' } }),
      finds: 'a record of version x says that alice called iam:ListUsers',
    },
    'the present version': {
      event: did(user('alice'), 'iam:ListUsers', null),
    },
    'the record does not say': {
      event: did(user('alice'), 'iam:ListUsers', null, { record: { eventVersion: null } }),
    },
  },
} satisfies Rule;
