import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, text } from '../events/fields.ts';

// A trail that is narrowed still reports itself as logging: quieter than stopping it, and as good for an intruder.
export default {
  id: 'trail-updated',
  title: 'Trail changed',
  why: 'The settings of a CloudTrail trail were changed. Without other regions, global services or the validation of log files, an intruder works where nothing is written or forges what was; with another bucket the files go elsewhere. It is normal when a trail is widened or moved in a planned deployment. Compare the trail with the code that made it.',
  severity: 'low',
  maps: {
    mitre: ['T1562.008'],
    cis: ['3.1', '3.2', '3.5', '4.5'],
    nist: ['AU-2', 'AU-9', 'AU-12', 'CM-3'],
    pci: ['10.2.1.6', '10.3.2', '10.3.4'],
    hipaa: ['164.312(b)', '164.312(c)(1)'],
    practice: 'one trail for all regions, validated, encrypted, out of reach of its administrators',
  },
  on: ['cloudtrail:UpdateTrail'],

  detect(activity) {
    const trail = text(activity.request, 'name');
    const factors = [...losses(activity.request), ...redirection(activity.request)];
    const said = factors.map((each) => each.because).join(', ');
    return {
      target: trail ? { kind: 'trail', trail } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} ${trail ? `trail ${trail}` : 'a trail'}${said && `: ${said}`}`,
      factors: factors.length > 0 ? factors : [{ id: 'kept', points: -10, because: 'nothing is switched off' }],
    };
  },

  automatic: false,

  examples: {
    'mallory leaves all regions but one in the dark': {
      event: did(user('mallory'), 'cloudtrail:UpdateTrail', { name: 'main', isMultiRegionTrail: false }),
      finds: 'mallory changed trail main: other regions are no longer recorded',
    },
    'mallory sends the files to a bucket of hers': {
      event: did(user('mallory'), 'cloudtrail:UpdateTrail', { name: 'main', s3BucketName: 'cheap-storage' }),
      finds: 'mallory changed trail main: its files go to bucket cheap-storage',
    },
    'mallory may not take the encryption away': {
      event: did(user('mallory'), 'cloudtrail:UpdateTrail', { name: 'main', kmsKeyId: '' }, { error: 'AccessDenied' }),
      finds: 'mallory tried to change trail main: its files are no longer encrypted with a KMS key',
    },
    'a deployment turns validation on': {
      event: did(role('deploy', 'ci-42'), 'cloudtrail:UpdateTrail', { name: 'main', enableLogFileValidation: true }),
      finds: 'role deploy (session ci-42) changed trail main',
    },
    'the record does not name the trail': {
      event: did(user('alice'), 'cloudtrail:UpdateTrail', { name: null, snsTopicName: 'trail-files' }),
      finds: 'alice changed a trail',
    },
    'a dashboard is updated: no trail': {
      event: did(user('alice'), 'cloudtrail:UpdateDashboard', { dashboardId: 'main' }),
    },
  },
} satisfies Rule;

/** What the trail no longer does. */
function losses(request: Fields): Factor[] {
  const lost: [boolean, string, string][] = [
    [flag(request, 'isMultiRegionTrail') === false, 'regions', 'other regions are no longer recorded'],
    [flag(request, 'includeGlobalServiceEvents') === false, 'global', 'global services are no longer recorded'],
    [flag(request, 'enableLogFileValidation') === false, 'validation', 'its files are no longer validated'],
    [flag(request, 'isOrganizationTrail') === false, 'organization', 'other accounts are no longer recorded'],
    [at(request, 'kmsKeyId') === '', 'encryption', 'its files are no longer encrypted with a KMS key'],
  ];
  return lost.filter(([is]) => is).map(([, id, because]) => ({ id, points: 40, because }));
}

// The console and CloudFormation send the whole form, with the bucket that it already had.
function redirection(request: Fields): Factor[] {
  const bucket = text(request, 's3BucketName');
  const isForm = flag(request, 'isMultiRegionTrail') && flag(request, 'enableLogFileValidation');
  if (!bucket || isForm) return [];
  return [{ id: 'bucket', points: 35, because: `its files go to bucket ${bucket}` }];
}
