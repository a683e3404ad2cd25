import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, inner, isFields, text } from '../events/fields.ts';

// A stop and a start frame a change of what an instance runs when it boots: kept so that the story can be read.
export default {
  id: 'ec2-instances-switched',
  title: 'EC2 instances started or stopped',
  why: 'Virtual machines were started or stopped. It is everyday work, by people and by schedules that save cost, and is only kept on record: an intruder who wants to run commands as a machine stops it, changes what it runs at boot, and starts it again, and the three events make sense only together.',
  severity: 'info',
  maps: {
    mitre: ['T1578.005'],
    cis: [],
    nist: ['AU-12', 'CM-3'],
    pci: ['10.2.1.7'],
    hipaa: ['164.312(b)'],
    practice: 'the story of an actor can be read from the record',
  },
  on: ['ec2:StartInstances', 'ec2:StopInstances'],

  detect(activity) {
    const ids = idsIn(activity.request);
    const [done, tried] = activity.name === 'ec2:StartInstances' ? ['started', 'start'] : ['stopped', 'stop'];
    const what = ids.length > 1 ? `${ids.length} EC2 instances` : called('EC2 instance', ids[0]);
    return {
      target: resourceTarget('EC2 instance', ids[0]),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${what}`,
    };
  },

  automatic: false,

  examples: {
    'eve stops a machine': {
      event: did(user('eve'), 'ec2:StopInstances', { instancesSet: { items: [{ instanceId: 'i-01' }] }, force: false }),
      finds: 'eve stopped EC2 instance i-01',
    },
    'a schedule starts two': {
      event: did(role('schedule', 'morning'), 'ec2:StartInstances', {
        instancesSet: { items: [{ instanceId: 'i-01' }, { instanceId: 'i-02' }] },
      }),
      finds: 'role schedule (session morning) started 2 EC2 instances',
    },
    'eve may not': {
      event: did(
        user('eve'),
        'ec2:StartInstances',
        { instancesSet: { items: 'i-01' } },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'eve tried to start an EC2 instance that the record does not name',
    },
    'a database is stopped': {
      event: did(user('alice'), 'rds:StopDBInstance', { dBInstanceIdentifier: 'orders' }),
    },
  },
} satisfies Rule;

function idsIn(request: Fields): string[] {
  const items = at(inner(request, 'instancesSet'), 'items');
  const found = (Array.isArray(items) ? items : []).filter(isFields).map((each) => text(each, 'instanceId'));
  return found.filter((each) => each !== undefined);
}
