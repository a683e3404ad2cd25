import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// Run Command is a shell on every server that has the agent: sent to one group after the other, it takes them all.
export default {
  id: 'commands-sent-in-burst',
  title: 'Commands sent to many servers',
  why: 'One identity sent commands through Systems Manager to at least five different servers, or groups of them, within ten minutes. Each runs as an administrator of the server, and CloudTrail does not show what it says. It is normal for deployments, which should be named as automation. The documents of AWS that only patch, take inventory or keep agents up to date are left out.',
  severity: 'medium',
  maps: {
    mitre: ['T1651', 'T1021.007', 'T1059.009'],
    cis: [],
    nist: ['AC-17', 'AU-6', 'CM-5', 'SI-4'],
    pci: ['10.2.1.2', '10.4.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'who may send commands may send approved documents only',
  },
  on: ['ssm:SendCommand'],

  detect(activity) {
    const servers = serversIn(activity);
    if (!servers || activity.actor.via || isUpkeep(activity)) return undefined;
    if (activity.failed && !/AccessDenied|Unauthorized/.test(activity.failed.code)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'sent', 'send')} a command to ${servers}`,
      factors: factorsOf(activity),
    };
  },

  count: {
    atLeast: 5,
    minutes: 10,
    distinct: serversIn,
    says: (activity, count) =>
      `${activity.actor.name} ${verb(activity, 'sent', 'send')} commands to ${count} different servers or groups within 10 minutes`,
  },

  automatic: false,

  examples: {
    'mallory sends a script': {
      event: did(user('mallory'), 'ssm:SendCommand', script({ instanceIds: ['i-0bb', 'i-0aa'] })),
      finds: 'mallory sent a command to i-0aa, i-0bb',
    },
    'to a group, by tag': {
      event: did(
        role('web', 'i-0123456789abcdef0'),
        'ssm:SendCommand',
        script({ targets: [{ key: 'tag:env', values: ['prod'] }] }),
      ),
      finds: 'role web (session i-0123456789abcdef0) sent a command to tag:env=prod',
    },
    'mallory may not': {
      event: did(user('mallory'), 'ssm:SendCommand', script({ instanceIds: ['i-0aa'] }), {
        error: 'AccessDeniedException',
      }),
      finds: 'mallory tried to send a command to i-0aa',
    },
    'servers are patched': {
      event: did(role('ops'), 'ssm:SendCommand', {
        documentName: 'AWS-RunPatchBaseline',
        instanceIds: ['i-0aa'],
        parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
    },
    'targets of the wrong type': {
      event: did(user('mallory'), 'ssm:SendCommand', script({ instanceIds: 'i-0aa', targets: [null, 'i-0aa'] })),
    },
  },
} satisfies Rule;

/** The servers, or the groups of them, that a command goes to. */
function serversIn({ request }: Activity): string | undefined {
  const [ids, targets] = [at(request, 'instanceIds'), at(request, 'targets')];
  const servers = Array.isArray(ids) ? ids.filter((each) => typeof each === 'string') : [];
  const groups = (Array.isArray(targets) ? targets : []).filter(isFields).map((each) => {
    const values = at(each, 'values');
    return `${text(each, 'key') ?? 'a group'}=${Array.isArray(values) ? values.filter((value) => typeof value === 'string').sort() : ''}`;
  });
  return [...servers.sort(), ...groups.sort()].join(', ') || undefined;
}

/** Nobody but AWS can name a document like this: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
function isUpkeep({ request }: Activity): boolean {
  return UPKEEP.has(text(request, 'documentName') ?? '');
}

const UPKEEP = new Set([
  'AWS-GatherSoftwareInventory',
  'AWS-InstallWindowsUpdates',
  'AWS-RefreshAssociation',
  'AWS-RunPatchBaseline',
  'AWS-RunPatchBaselineAssociation',
  'AWS-UpdateSSMAgent',
  'AmazonCloudWatch-ManageAgent',
]);

function factorsOf({ failed, hidden }: Activity): Factor[] {
  return [
    ...(failed ? [{ id: 'refused', points: 20, because: 'refusals count as well: somebody tries the doors' }] : []),
    ...(hidden.includes('parameters')
      ? [{ id: 'parameters', points: -15, because: 'what a command says is never shown, whoever sends it' }]
      : []),
  ];
}

function script(servers: { [key: string]: unknown }) {
  return { documentName: 'AWS-RunShellScript', parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS', ...servers };
}
