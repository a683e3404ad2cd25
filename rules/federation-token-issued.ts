import { gainsOfDocument } from '../core/gains.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, document, isFields, text } from '../events/fields.ts';

// The key may be disabled a minute later: the session that it made goes on for up to a day and a half.
export default {
  id: 'federation-token-issued',
  title: 'Federation token issued',
  why: "An IAM user's access key, or root's, was turned into a session under a name of the caller's choice. The session outlives the key for up to 36 hours, and opens the console, which a key alone cannot. That makes it a favourite with stolen keys. It is normal only with old programs that hand out access to their own users, with a narrow policy; roles do that better.",
  severity: 'medium',
  maps: {
    mitre: ['T1550.001', 'T1078.004', 'T1098.001'],
    cis: ['1.21'],
    nist: ['AC-2(4)', 'AC-6', 'IA-5'],
    pci: ['7.2.5', '8.6.1', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(d)'],
    practice: 'roles and temporary credentials instead of keys',
  },
  on: ['sts:GetFederationToken'],

  detect(activity) {
    const name = text(activity.request, 'name');
    const { kind, name: actor } = activity.actor;
    return {
      target:
        kind === 'user'
          ? { kind: 'principal', principal: { type: 'user', name: actor } }
          : resourceTarget('federated user', name),
      because: `${actor} ${verb(activity, 'opened', 'open')} a session for ${called('federated user', name)}`,
      factors: policyFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'a stolen key outlives itself': {
      event: did(user('alice'), 'sts:GetFederationToken', {
        name: 'support',
        policy: allowing('*', '*'),
        durationSeconds: 129600,
      }),
      finds: 'alice opened a session for federated user support',
    },
    "a broker hands out one customer's folder": {
      event: did(user('broker'), 'sts:GetFederationToken', {
        name: 'customer-17',
        policy: allowing('s3:GetObject', 'arn:aws:s3:::shop/17/*'),
      }),
      finds: 'broker opened a session for federated user customer-17',
    },
    'without a policy the session may do nothing': {
      event: did(user('alice'), 'sts:GetFederationToken', { name: 'test' }),
      finds: 'alice opened a session for federated user test',
    },
    'a role cannot do it': {
      event: did(role('build', 'ci-42'), 'sts:GetFederationToken', { name: [] }, { error: 'AccessDenied' }),
      finds: 'role build (session ci-42) tried to open a session for a federated user that the record does not name',
    },
    'a token of another service': {
      event: did(user('alice'), 'connect:GetFederationToken', { instanceId: '0123' }),
    },
  },
} satisfies Rule;

function policyFactors(activity: Activity): Factor[] {
  const { request } = activity;
  const managed = at(request, 'policyArns');
  if (Array.isArray(managed) && managed.some(isAdministrator)) return [BROAD];
  if (managed !== undefined) return [];
  if (at(request, 'policy') === undefined)
    return [{ id: 'policy', points: -15, because: 'it has no session policy, and so hardly any permissions' }];
  const level = gainsOfDocument(document(request, 'policy'), activity).gains[0]?.level;
  if (level === 'limited' || level === 'read' || level === 'none')
    return [{ id: 'policy', points: -10, because: 'its session policy allows little' }];
  return level === 'broad' || level === 'unknown' ? [] : [BROAD];
}

const BROAD = { id: 'policy', points: 15, because: 'its session policy holds nothing of importance back' };

function isAdministrator(each: unknown): boolean {
  return isFields(each) && /\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(text(each, 'arn') ?? '');
}

function allowing(Action: string, Resource: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
}
