import { clauses, openingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { at, document, inner, text } from '../events/fields.ts';

// Who may write events may start whatever the rules of the bus start.
export default {
  id: 'event-bus-opened',
  title: 'Event bus opened',
  why: 'Who may send events to an event bus, or make rules on it, was changed. Whoever may send events starts the programs that wait for them, with content of their choice; whoever may make rules reads along. It is normal between accounts of one organization, named or bound by a condition on its id.',
  severity: 'low',
  maps: {
    mitre: ['T1546', 'T1537', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'SC-7'],
    pci: ['7.2.1', '1.4.2'],
    hipaa: ['164.312(a)(1)'],
    practice: 'event buses name accounts, or the organization',
  },
  on: ['events:PutPermission'],

  detect(activity, known) {
    const bus = text(activity.request, 'eventBusName') ?? 'default';
    const factors = openingFactors(policyIn(activity), activity, known);
    return {
      target: resourceTarget('event bus', bus),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} who may use event bus ${bus}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets everybody in': {
      event: did(user('mallory'), 'events:PutPermission', {
        action: 'events:PutEvents',
        principal: '*',
        statementId: 'all',
      }),
      finds: 'mallory changed who may use event bus default: everybody may use it (events:PutEvents)',
    },
    'another account, by a policy': {
      event: did(user('mallory'), 'events:PutPermission', {
        eventBusName: 'orders',
        policy: `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"${OUTSIDE}"},"Action":"events:*","Resource":"*"}]}`,
      }),
      finds: 'mallory changed who may use event bus orders: 999988887777 of another account may use it (events:*)',
    },
    'within the organization': {
      event: did(role('deploy', 'ci-42'), 'events:PutPermission', {
        action: 'events:PutEvents',
        principal: '*',
        statementId: 'organization',
        condition: { type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-0abc123def' },
      }),
      finds: 'role deploy (session ci-42) changed who may use event bus default',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'events:PutPermission',
        { action: 'events:PutEvents', principal: OUTSIDE, statementId: 'a' },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'mallory tried to change who may use event bus default: 999988887777 of another account may use it (events:PutEvents)',
    },
    'a permission of the wrong type': {
      event: did(user('alice'), 'events:PutPermission', { principal: 7, policy: '{' }),
      finds: 'alice changed who may use event bus default: the policy could not be read',
    },
    'a permission is taken away': {
      event: did(user('alice'), 'events:RemovePermission', { statementId: 'all' }),
    },
  },
} satisfies Rule;

/** The policy that the request holds, or the one that its single statement comes to. */
function policyIn({ request }: Activity): unknown {
  if (at(request, 'policy')) return document(request, 'policy');
  const principal = text(request, 'principal');
  return {
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal === '*' ? '*' : { AWS: principal },
        Action: text(request, 'action') ?? 'events:PutEvents',
        Resource: '*',
        ...conditionOf(inner(request, 'condition')),
      },
    ],
  };
}

/** `{ type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-…' }`, the only one that there is. */
function conditionOf(condition: Fields): Fields {
  const [type, key, value] = [text(condition, 'type'), text(condition, 'key'), text(condition, 'value')];
  return type && key && value ? { Condition: { [type]: { [key]: value } } } : {};
}
