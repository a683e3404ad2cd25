import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The job that looks for sensitive data would have found the copy.
export default {
  id: 'macie-job-stopped',
  title: 'Job of Macie cancelled or paused',
  why: 'A job with which Macie looks for sensitive data in buckets was cancelled or paused. A cancelled job cannot be resumed; a paused one ends after a month. It is normal when a job costs more than expected or searches the wrong buckets. Otherwise look what lies in the buckets that it would have searched next.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['2.1.3'],
    nist: ['SI-4', 'RA-5'],
    pci: ['10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'sensitive data is looked for all the time',
  },
  on: ['macie2:UpdateClassificationJob'],

  detect(activity) {
    const [status, job] = [text(activity.request, 'jobStatus'), text(activity.request, 'jobId')];
    if (status !== 'CANCELLED' && status !== 'USER_PAUSED') return undefined;
    const isPause = status === 'USER_PAUSED';
    return {
      target: resourceTarget('Macie job', job),
      because: `${activity.actor.name} ${isPause ? verb(activity, 'paused', 'pause') : verb(activity, 'cancelled', 'cancel')} ${called('Macie job', job)}`,
      factors: isPause ? [{ id: 'pause', points: -20, because: 'a paused job can go on' }] : [],
    };
  },

  automatic: false,

  examples: {
    'mallory stops the search': {
      event: did(user('mallory'), 'macie2:UpdateClassificationJob', { jobId: '3ce05dbb7ec5', jobStatus: 'CANCELLED' }),
      finds: 'mallory cancelled Macie job 3ce05dbb7ec5',
    },
    'alice saves money': {
      event: did(user('alice'), 'macie2:UpdateClassificationJob', { jobId: '3ce05dbb7ec5', jobStatus: 'USER_PAUSED' }),
      finds: 'alice paused Macie job 3ce05dbb7ec5',
    },
    'mallory may not': {
      event: did(
        role('web', 'i-0abc'),
        'macie2:UpdateClassificationJob',
        { jobStatus: 'CANCELLED' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to cancel a Macie job that the record does not name',
    },
    'the job goes on': {
      event: did(user('alice'), 'macie2:UpdateClassificationJob', { jobId: '3ce05dbb7ec5', jobStatus: 'RUNNING' }),
    },
  },
} satisfies Rule;
