import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// What stands in a document runs as root wherever an association or a session uses it.
export default {
  id: 'ssm-document-written',
  title: 'Systems Manager document written',
  why: 'A document of Systems Manager was created or changed: a list of steps that runs on machines as root, or the settings of sessions. Deployments write them; one that already runs on machines gets onto all of them by a change. The settings of Session Manager say whether sessions are recorded: a change there by anybody but its owners wants a look.',
  severity: 'info',
  maps: {
    mitre: ['T1651', 'T1562'],
    cis: [],
    nist: ['AC-6', 'AU-12', 'CM-3'],
    pci: ['6.5.1', '10.2.1.2'],
    hipaa: ['164.312(b)', '164.312(c)(1)'],
    practice: 'documents change through a reviewed deployment',
  },
  on: ['ssm:CreateDocument', 'ssm:UpdateDocument'],

  detect(activity) {
    const name = text(activity.request, 'name');
    const [done, tried] = activity.name === 'ssm:CreateDocument' ? ['created', 'create'] : ['changed', 'change'];
    return {
      target: resourceTarget('Systems Manager document', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('Systems Manager document', name)}`,
      factors: sessionFactors(name),
    };
  },

  automatic: false,

  examples: {
    'mallory changes how sessions are recorded': {
      event: did(user('mallory'), 'ssm:UpdateDocument', {
        name: 'SSM-SessionManagerRunShell',
        documentVersion: '$LATEST',
        content: '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{}}',
      }),
      finds: 'mallory changed Systems Manager document SSM-SessionManagerRunShell',
    },
    'a deployment writes a document': {
      event: did(role('deploy', 'ci-42'), 'ssm:CreateDocument', { name: 'restart-web', documentType: 'Command' }),
      finds: 'role deploy (session ci-42) created Systems Manager document restart-web',
    },
    'mallory may not, and the record shows nothing': {
      event: did(user('mallory'), 'ssm:CreateDocument', null, { error: 'AccessDeniedException' }),
      finds: 'mallory tried to create a Systems Manager document that the record does not name',
    },
    'a document is read': {
      event: did(user('alice'), 'ssm:GetDocument', { name: 'SSM-SessionManagerRunShell' }),
    },
  },
} satisfies Rule;

// https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-preferences-cli.html
function sessionFactors(name: string | undefined): Factor[] {
  if (name !== 'SSM-SessionManagerRunShell') return [];
  return [{ id: 'sessions', points: 20, because: 'it says whether sessions on machines are recorded' }];
}
