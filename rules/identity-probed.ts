import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';

// "Who am I?" is the first question of whoever has found a key; nobody can be forbidden to ask it.
export default {
  id: 'identity-probed',
  title: 'Key asked whose it is',
  why: 'A long-term access key was used to ask whose it is, or to which account a key belongs. It is the first thing that is done with a key that was found: the call needs no permission and changes nothing. It is also the first thing that infrastructure-as-code does in every run: so it is only kept on record, as the beginning of what may follow from the same address.',
  severity: 'info',
  maps: {
    mitre: ['T1087.004', 'T1078.004'],
    cis: [],
    nist: ['AU-6', 'SI-4'],
    pci: ['10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  // A pattern, because clusters and pipelines ask this with temporary credentials all day long.
  on: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventName: ['GetCallerIdentity', 'GetAccessKeyInfo'],
      eventSource: ['sts.amazonaws.com'],
      userIdentity: { accessKeyId: [{ prefix: 'AKIA' }], invokedBy: [{ exists: false }] },
    },
  },

  detect(activity) {
    const { longTerm, name, via } = activity.actor;
    if (!longTerm || via || !activity.name.startsWith('sts:')) return undefined;
    const what = isAboutOthers(activity) ? 'to which account a key belongs' : 'whose key it is';
    return {
      target: { kind: 'account' },
      because: `${name} ${verb(activity, 'asked', 'ask')} from ${activity.source} ${what}`,
      factors: factorsOf(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory tries the key that she found': {
      event: did(user('bob'), 'sts:GetCallerIdentity', null, { source: '198.51.100.7' }),
      finds: 'bob asked from 198.51.100.7 whose key it is',
    },
    'a scanner for leaked keys found it': {
      event: did(user('bob'), 'sts:GetCallerIdentity', null, { agent: 'TruffleHog' }),
      finds: 'bob asked from 203.0.113.80 whose key it is',
    },
    'a key of somebody else': {
      event: did(user('mallory'), 'sts:GetAccessKeyInfo', { accessKeyId: 'AKIAEXAMPLE000000001' }),
      finds: 'mallory asked from 203.0.113.80 to which account a key belongs',
    },
    'and is refused': {
      event: did(user('mallory'), 'sts:GetAccessKeyInfo', null, { error: 'AccessDenied' }),
      finds: 'mallory tried to ask from 203.0.113.80 to which account a key belongs',
    },
    'a pipeline with a role': {
      event: did(role('deploy', 'ci-42'), 'sts:GetCallerIdentity', null),
    },
    'an identity without a key': {
      event: did({ type: 'IAMUser', userName: 'bob', accessKeyId: null }, 'sts:GetCallerIdentity', null),
    },
  },
} satisfies Rule;

function isAboutOthers({ name }: Activity): boolean {
  return name === 'sts:GetAccessKeyInfo';
}

/** The user agent is the caller's choice: it may raise a risk, never lower it. */
function factorsOf(activity: Activity): Factor[] {
  const scanner = /trufflehog/i.test(activity.agent);
  return [
    ...(isAboutOthers(activity) ? [{ id: 'others', points: 10, because: 'hardly any work needs this question' }] : []),
    ...(scanner ? [{ id: 'leaked', points: 40, because: 'the caller calls itself a scanner for leaked keys' }] : []),
  ];
}
