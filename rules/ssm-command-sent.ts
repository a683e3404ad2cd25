import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, service, user } from '../events/did.ts';
import { at, HIDDEN, isFields, text } from '../events/fields.ts';

// One call, and every machine runs it as root. The base is info: CloudTrail always hides the parameters, which adds points.
export default {
  id: 'ssm-command-sent',
  title: 'Command sent to machines',
  why: 'Systems Manager was told to run a document on machines, once or again and again. It runs as root with the role of each machine, and CloudTrail does not show the commands: look them up in Systems Manager. Patching and inventory do this all day. A document that runs any script on all machines is normal only for those who look after all of them.',
  severity: 'info',
  maps: {
    mitre: ['T1651', 'T1059'],
    cis: [],
    nist: ['AC-6', 'AU-12', 'CM-7'],
    pci: ['7.2.1', '10.2.1.2'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: "documents of one's own instead of those that run any script",
  },
  on: ['ssm:SendCommand', 'ssm:CreateAssociation', 'ssm:UpdateAssociation'],

  detect(activity) {
    const { request } = activity;
    const name = text(request, 'documentName') ?? text(request, 'name');
    const words = activity.name === 'ssm:SendCommand' ? SENT : SCHEDULED;
    return {
      target: resourceTarget('Systems Manager document', name),
      because: `${activity.actor.name} ${verb(activity, ...words)} ${called('Systems Manager document', name)} on ${whereOf(request)}`,
      factors: wideFactors(name, request),
    };
  },

  automatic: false,

  examples: {
    'mallory runs a script everywhere': {
      event: did(user('mallory'), 'ssm:SendCommand', {
        documentName: 'AWS-RunShellScript',
        targets: [{ key: 'InstanceIds', values: ['*'] }],
        parameters: HIDDEN,
      }),
      finds: 'mallory ran Systems Manager document AWS-RunShellScript on all machines',
    },
    'a script every half an hour, on all machines': {
      event: did(role('developer', 'eve'), 'ssm:CreateAssociation', {
        name: 'arn:aws:ssm:us-east-1::document/AWS-RunPowerShellScript',
        targets: [{ key: 'tag:env', values: ['*'] }],
        scheduleExpression: 'rate(30 minutes)',
        parameters: HIDDEN,
      }),
      finds:
        'role developer (session eve) scheduled Systems Manager document arn:aws:ssm:us-east-1::document/AWS-RunPowerShellScript on all machines',
    },
    'a deployment restarts its machine': {
      event: did(role('deploy', 'ci-42'), 'ssm:SendCommand', {
        documentName: 'AWS-RunShellScript',
        instanceIds: ['i-01'],
        parameters: HIDDEN,
      }),
      finds: 'role deploy (session ci-42) ran Systems Manager document AWS-RunShellScript on machine i-01',
    },
    'the inventory of all machines': {
      event: did(service('ssm-quicksetup.amazonaws.com'), 'ssm:CreateAssociation', {
        name: 'AWS-GatherSoftwareInventory',
        targets: [{ key: 'InstanceIds', values: ['*'] }],
      }),
      finds:
        'ssm-quicksetup.amazonaws.com scheduled Systems Manager document AWS-GatherSoftwareInventory on all machines',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'ssm:SendCommand',
        { instanceIds: 'i-01', targets: [null, { values: 3 }] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to run a Systems Manager document that the record does not name on machines',
    },
    'a command is cancelled': {
      event: did(user('alice'), 'ssm:CancelCommand', { commandId: 'c-1' }),
    },
  },
} satisfies Rule;

const SENT: [done: string, tried: string] = ['ran', 'run'];
const SCHEDULED: [done: string, tried: string] = ['scheduled', 'schedule'];

/** AWS's documents that run whatever they are given. */
const ANY_SCRIPT = /(^|\/)AWS-(RunShellScript|RunPowerShellScript|RunRemoteScript|RunDocument)$/;

function wideFactors(document: string | undefined, request: Fields): Factor[] {
  const isWide = isEverywhere(request) || idsIn(request).length >= 10;
  if (!isWide || !document || !ANY_SCRIPT.test(document)) return [];
  return [{ id: 'wide', points: 35, because: `any script, on ${whereOf(request)}` }];
}

function whereOf(request: Fields): string {
  if (isEverywhere(request)) return 'all machines';
  const ids = idsIn(request);
  if (ids.length > 1) return `${ids.length} machines`;
  return ids.length === 1 ? `machine ${ids[0]}` : 'machines';
}

function isEverywhere(request: Fields): boolean {
  return list(at(request, 'targets'))
    .filter(isFields)
    .some((each) => list(at(each, 'values')).includes('*'));
}

function idsIn(request: Fields): unknown[] {
  const one = text(request, 'instanceId');
  return one ? [one] : list(at(request, 'instanceIds')).filter((each) => typeof each === 'string');
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
