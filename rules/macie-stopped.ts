import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Macie knows where the sensitive data lies, and who opened it to the world.
export default {
  id: 'macie-stopped',
  title: 'Macie disabled or paused',
  why: 'Macie was disabled or paused in a region. It no longer reports buckets that were opened or shared, nor sensitive data where none should be; disabled, it also deletes its findings and jobs. It is normal when somebody decided to do without it, for its cost. Look what happens to the buckets meanwhile.',
  severity: 'high',
  maps: {
    mitre: ['T1562.001'],
    cis: ['2.1.3'],
    nist: ['SI-4', 'RA-5', 'CA-7'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.308(a)(6)(ii)'],
    practice: 'Macie watches the buckets of every account, administered from elsewhere',
  },
  on: ['macie2:DisableMacie', 'macie2:UpdateMacieSession'],

  detect(activity) {
    const isDisabled = activity.name === 'macie2:DisableMacie';
    if (!isDisabled && text(activity.request, 'status') !== 'PAUSED') return undefined;
    const what = isDisabled ? verb(activity, 'disabled', 'disable') : verb(activity, 'paused', 'pause');
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${what} Macie in ${activity.region}`,
    };
  },

  automatic: false,

  examples: {
    'mallory is about to open a bucket': {
      event: did(user('mallory'), 'macie2:DisableMacie', {}),
      finds: 'mallory disabled Macie in us-east-1',
    },
    'a pause, refused': {
      event: did(
        role('web', 'i-0abc'),
        'macie2:UpdateMacieSession',
        { status: 'PAUSED' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to pause Macie in us-east-1',
    },
    'Macie goes on': {
      event: did(user('alice'), 'macie2:UpdateMacieSession', { status: 'ENABLED' }),
    },
    'a status of the wrong type': {
      event: did(user('alice'), 'macie2:UpdateMacieSession', {
        status: ['PAUSED'],
        findingPublishingFrequency: 'SIX_HOURS',
      }),
    },
  },
} satisfies Rule;
