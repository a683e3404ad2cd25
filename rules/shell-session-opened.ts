import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A shell on a machine has what the machine has: its role, its files and its network.
export default {
  id: 'shell-session-opened',
  title: 'Session on a machine or container opened',
  why: 'Somebody opened a shell or a tunnel to a virtual machine or a container through AWS. Whoever is in there acts with the role of the machine and sees its network. It is how administrators and developers are meant to get in, so one session is only kept on record; many machines one after the other, or a session by an identity that is a program, is not normal.',
  severity: 'low',
  maps: {
    mitre: ['T1021.007', 'T1021.008', 'T1609'],
    cis: [],
    nist: ['AC-17', 'AU-12'],
    pci: ['8.2.1', '10.2.1.2'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'sessions are recorded and tied to a person',
  },
  on: ['ssm:StartSession', 'ssm:ResumeSession', 'ecs:ExecuteCommand', 'ec2-instance-connect:OpenTunnel'],

  detect(activity) {
    const [kind, name] = whereOf(activity);
    const [done, tried] = WORDS[activity.name] ?? ['opened a session on', 'open a session on'];
    return {
      target: resourceTarget(kind, name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called(kind, name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory gets onto a machine': {
      event: did(user('mallory'), 'ssm:StartSession', { target: 'i-01' }),
      finds: 'mallory opened a session on machine i-01',
    },
    'ana looks into a container': {
      event: did(identityCenter('ana', 'Developer'), 'ecs:ExecuteCommand', {
        cluster: 'shop',
        container: 'web',
        command: '/bin/sh',
        interactive: true,
        task: '0123abcd',
      }),
      finds: 'ana opened a session on task 0123abcd',
    },
    'a tunnel to an address': {
      event: did(role('developer', 'eve'), 'ec2-instance-connect:OpenTunnel', {
        instanceConnectEndpointId: 'eice-01',
        maxTunnelDuration: '3600',
        remotePort: '22',
        privateIpAddress: '10.0.1.1',
      }),
      finds: 'role developer (session eve) opened a tunnel to address 10.0.1.1',
    },
    'mallory may not, and the target is odd': {
      event: did(user('mallory'), 'ssm:StartSession', { target: ['i-01'] }, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to open a session on a machine that the record does not name',
    },
    'a session ends': {
      event: did(user('alice'), 'ssm:TerminateSession', { sessionId: 'alice-0123' }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'ssm:ResumeSession': ['resumed', 'resume'],
  'ec2-instance-connect:OpenTunnel': ['opened a tunnel to', 'open a tunnel to'],
};

function whereOf({ name, request }: Activity): [kind: string, name: string | undefined] {
  if (name === 'ssm:ResumeSession') return ['session', text(request, 'sessionId')];
  if (name === 'ecs:ExecuteCommand') return ['task', text(request, 'task')];
  const instance = text(request, 'target') ?? text(request, 'instanceId');
  const address = text(request, 'privateIpAddress');
  return address && !instance ? ['address', address] : ['machine', instance];
}
