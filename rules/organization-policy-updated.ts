import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { document, inner, text } from '../events/fields.ts';
import { denialsIn, parsePolicy } from '../policy/document.ts';

// Rewritten in place, a guardrail still hangs where it should, and forbids nothing.
export default {
  id: 'organization-policy-updated',
  title: 'Policy of the organization changed',
  why: 'A policy of the organization was rewritten, and holds at once wherever it is attached. If it is a service or resource control policy, an exception or a missing statement frees administrators and intruders from what it forbade, and the list of attached policies still looks as it should. It is normal in a reviewed deployment: compare with the last version there.',
  severity: 'high',
  maps: {
    mitre: ['T1666', 'T1562.001'],
    cis: ['4.15'],
    nist: ['AC-3', 'AC-6', 'CM-3', 'CM-5'],
    pci: ['7.2.1', '10.2.1.5', '10.7.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'policies of the organization change through a reviewed deployment',
  },
  on: ['organizations:UpdatePolicy'],

  detect(activity) {
    const policy = text(activity.request, 'policyId');
    const { name, type } = summaryOf(activity);
    return {
      target: resourceTarget('organization policy', policy),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} ${called('organization policy', policy)}${name ? ` (${name})` : ''}`,
      factors: [...kindFactors(type), ...contentFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'mallory empties a guardrail': {
      event: did(user('mallory'), 'organizations:UpdatePolicy', change(allows()), answer('SERVICE_CONTROL_POLICY')),
      finds: 'mallory changed organization policy p-1 (guard)',
    },
    'a deployment adds an exception': {
      event: did(
        role('deploy', 'ci-42'),
        'organizations:UpdatePolicy',
        change(denies()),
        answer('SERVICE_CONTROL_POLICY'),
      ),
      finds: 'role deploy (session ci-42) changed organization policy p-1 (guard)',
    },
    'the tags are spelled anew': {
      event: did(role('deploy', 'ci-42'), 'organizations:UpdatePolicy', change('{"tags":{}}'), answer('TAG_POLICY')),
      finds: 'role deploy (session ci-42) changed organization policy p-1 (guard)',
    },
    'only the description': {
      event: did(user('alice'), 'organizations:UpdatePolicy', { policyId: 'p-1', description: 'For all' }),
      finds: 'alice changed organization policy p-1',
    },
    'a build may not, and does not say what': {
      event: did(role('build', 'ci-42'), 'organizations:UpdatePolicy', null, { error: 'AccessDeniedException' }),
      finds: 'role build (session ci-42) tried to change an organization policy that the record does not name',
    },
    'a policy of another service': {
      event: did(user('alice'), 'fms:PutPolicy', { policy: { policyId: 'p-1' } }),
    },
  },
} satisfies Rule;

function summaryOf({ request, response }: Activity) {
  const summary = inner(inner(response, 'policy'), 'policySummary');
  return { name: text(summary, 'name') ?? text(request, 'name'), type: text(summary, 'type') };
}

/** These say how things are tagged, backed up and rolled out; they forbid nobody anything. */
const HARMLESS = /^(TAG|BACKUP|AISERVICES_OPT_OUT|UPGRADE_ROLLOUT|CHATBOT)_POLICY$/;

function kindFactors(type: string | undefined): Factor[] {
  if (!type || !HARMLESS.test(type)) return [];
  return [{ id: 'kind', points: -45, because: `a ${type} does not limit what may be done` }];
}

function contentFactors({ request, hidden }: Activity): Factor[] {
  const content = document(request, 'content');
  if (
    !content &&
    (text(request, 'name') || text(request, 'description')) &&
    !text(request, 'content') &&
    hidden.length === 0
  )
    return [{ id: 'words', points: -45, because: 'only its name or description changed' }];
  if (!content || !('Statement' in content) || denialsIn(parsePolicy(content)).length > 0) return [];
  return [{ id: 'empty', points: 15, because: 'it denies nothing any more' }];
}

function change(content: string) {
  return { policyId: 'p-1', content };
}

function answer(type: string) {
  return { response: { policy: { policySummary: { id: 'p-1', name: 'guard', type } } } };
}

function allows(): string {
  return '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
}

function denies(): string {
  return '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}';
}
