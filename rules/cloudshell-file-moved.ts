import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The shell in the browser is a way out that no network sees.
export default {
  id: 'cloudshell-file-moved',
  title: 'File moved through CloudShell',
  why: 'Somebody downloaded a file from AWS CloudShell, or uploaded one. What was fetched in the shell with the rights of its user leaves the account that way, past every network of yours; tools come in the same way. People who work in the shell do it now and then. Look at what was read shortly before.',
  severity: 'low',
  maps: {
    mitre: ['T1567', 'T1105', 'T1059.009'],
    cis: ['1.22'],
    nist: ['AC-4', 'AU-12', 'SC-7(10)'],
    pci: ['10.2.1', '7.2.1'],
    hipaa: ['164.312(b)'],
    practice: 'CloudShell without file transfer, or not at all',
  },
  on: ['cloudshell:GetFileDownloadUrls', 'cloudshell:GetFileUploadUrls'],

  detect(activity) {
    const path = pathIn(activity);
    const isOut = activity.name === 'cloudshell:GetFileDownloadUrls';
    return {
      target: resourceTarget('CloudShell environment', text(activity.request, 'environmentId')),
      because: `${activity.actor.name} ${isOut ? verb(activity, 'downloaded', 'download') : verb(activity, 'uploaded', 'upload')} ${called('file', path)} ${isOut ? 'from' : 'to'} CloudShell`,
      factors: isOut ? [] : [{ id: 'in', points: -10, because: 'a file that comes in takes nothing out' }],
    };
  },

  automatic: false,

  examples: {
    'mallory carries off what she found': {
      event: did(user('mallory'), 'cloudshell:GetFileDownloadUrls', {
        environmentId: '0123-4567',
        fileDownloadPath: '/home/cloudshell-user/dump.zip',
      }),
      finds: 'mallory downloaded file /home/cloudshell-user/dump.zip from CloudShell',
    },
    'ana brings a script': {
      event: did(identityCenter('ana', 'Platform'), 'cloudshell:GetFileUploadUrls', {
        environmentId: '0123-4567',
        fileUploadPath: 'fix.sh',
      }),
      finds: 'ana uploaded file fix.sh to CloudShell',
    },
    'a role may not, and names nothing': {
      event: did(role('viewer', 'bob'), 'cloudshell:GetFileDownloadUrls', null, { error: 'AccessDenied' }),
      finds: 'role viewer (session bob) tried to download a file that the record does not name from CloudShell',
    },
    'the shell starts: another rule': {
      event: did(user('alice'), 'cloudshell:CreateSession', { environmentId: '0123-4567' }),
    },
  },
} satisfies Rule;

function pathIn({ request }: Activity): string | undefined {
  return text(request, 'fileDownloadPath') ?? text(request, 'fileUploadPath');
}
