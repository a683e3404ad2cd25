import type { Rule } from '../core/rule.ts';
import { resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// Who talked to whom, and how much: without flow logs a leak has no size.
export default {
  id: 'flow-logs-deleted',
  title: 'VPC flow logs deleted',
  why: 'The flow logs of a network were deleted. From then on nobody can say which machines talked to whom, nor how much left the house; what was written before stays in its bucket or log group. It is normal when a network is taken down. Flow logs cannot be changed, so a replacement is made before the old one is deleted.',
  severity: 'high',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.7'],
    nist: ['AU-12', 'SC-7', 'SI-4'],
    pci: ['10.2.1.6', '10.7.2', '11.5.1'],
    hipaa: ['164.312(b)'],
    practice: 'every network has flow logs, kept in another account',
  },
  on: ['ec2:DeleteFlowLogs'],

  detect(activity) {
    const ids = flowLogsIn(activity.request);
    const logs = ids.length === 1 ? `flow log ${ids[0]}` : `${ids.length || 'some'} flow logs`;
    return {
      target: resourceTarget('flow log', ids.length === 1 ? ids[0] : undefined),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${logs}`,
    };
  },

  automatic: false,

  examples: {
    'mallory carries something out': {
      event: did(user('mallory'), 'ec2:DeleteFlowLogs', {
        DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-0abc' } },
      }),
      finds: 'mallory deleted flow log fl-0abc',
    },
    'two at once, refused': {
      event: did(
        role('web', 'i-0abc'),
        'ec2:DeleteFlowLogs',
        {
          DeleteFlowLogsRequest: {
            FlowLogId: [
              { tag: 1, content: 'fl-0abc' },
              { tag: 2, content: 'fl-0def' },
            ],
          },
        },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'role web (session i-0abc) tried to delete 2 flow logs',
    },
    'the record does not say which': {
      event: did(user('mallory'), 'ec2:DeleteFlowLogs', { DeleteFlowLogsRequest: 'fl-0abc' }),
      finds: 'mallory deleted some flow logs',
    },
    'flow logs are made': {
      event: did(user('alice'), 'ec2:CreateFlowLogs', { CreateFlowLogsRequest: { ResourceType: 'VPC' } }),
    },
  },
} satisfies Rule;

/** EC2 writes a single item without a list: `{ FlowLogId: { tag: 1, content: 'fl-…' } }`. */
function flowLogsIn(request: Fields): string[] {
  const value = at(inner(request, 'deleteFlowLogsRequest'), 'flowLogId') ?? at(request, 'flowLogIds');
  const items = Array.isArray(value) ? value : [value];
  return items
    .map((each) => (isFields(each) ? text(each, 'content') : each))
    .filter((each) => typeof each === 'string');
}
