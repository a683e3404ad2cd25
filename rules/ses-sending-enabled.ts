import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, HIDDEN } from '../events/fields.ts';

// Mails in the name of the victim, from a sender that mail servers trust.
export default {
  id: 'ses-sending-enabled',
  title: 'Sending of mail enabled',
  why: 'The account was allowed to send mail through SES, or somebody asked AWS to let it send to everybody. Both happen once, when a team begins to send mail or after a pause. Thieves of credentials do it to send spam and phishing in your name, which ruins the reputation of your domains before it is noticed.',
  severity: 'medium',
  maps: {
    mitre: ['T1496.004', 'T1578.005', 'T1566'],
    cis: [],
    nist: ['AC-6', 'CM-3', 'SI-8'],
    pci: ['2.2.4', '7.2.1'],
    hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
    practice: 'one account sends mail; in all others SES is denied by a service control policy',
  },
  on: ['ses:UpdateAccountSendingEnabled', 'ses:PutAccountSendingAttributes', 'ses:PutAccountDetails'],

  detect(activity) {
    const isRequest = activity.name === 'ses:PutAccountDetails';
    if (!isRequest && !isEnabled(activity)) return undefined;
    const what = isRequest ? REQUESTED : ENABLED;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, ...what)} of account ${activity.account} in ${activity.region}`,
      factors: isRequest ? requestFactors(activity) : [],
    };
  },

  automatic: false,

  examples: {
    'mallory turns the mail on': {
      event: did(user('mallory'), 'ses:UpdateAccountSendingEnabled', { enabled: true }),
      finds: 'mallory enabled the sending of mail of account 111122223333 in us-east-1',
    },
    'mallory asks for more than the sandbox': {
      event: did(user('mallory'), 'ses:PutAccountDetails', {
        mailType: 'MARKETING',
        websiteURL: HIDDEN,
        useCaseDescription: HIDDEN,
        productionAccessEnabled: true,
      }),
      finds: 'mallory described the mail of account 111122223333 in us-east-1',
    },
    'a contact is changed': {
      event: did(role('platform', 'ana'), 'ses:PutAccountDetails', { mailType: 'TRANSACTIONAL', websiteURL: HIDDEN }),
      finds: 'role platform (session ana) described the mail of account 111122223333 in us-east-1',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ses:PutAccountSendingAttributes',
        { sendingEnabled: 'true' },
        { error: 'AccessDeniedException', region: 'eu-west-1' },
      ),
      finds: 'mallory tried to enable the sending of mail of account 111122223333 in eu-west-1',
    },
    'sending is paused': {
      event: did(user('alice'), 'ses:UpdateAccountSendingEnabled', { enabled: false }),
    },
    'a value that says nothing': {
      event: did(user('alice'), 'ses:PutAccountSendingAttributes', { sendingEnabled: {} }),
    },
  },
} satisfies Rule;

const ENABLED: [done: string, tried: string] = ['enabled the sending of mail', 'enable the sending of mail'];
const REQUESTED: [done: string, tried: string] = ['described the mail', 'describe the mail'];

function isEnabled({ request }: Activity): boolean {
  return (flag(request, 'enabled') ?? flag(request, 'sendingEnabled')) === true;
}

/** CloudTrail always hides the website and the description, which adds points. */
function requestFactors({ request }: Activity): Factor[] {
  if (flag(request, 'productionAccessEnabled') === true)
    return [{ id: 'production', points: -15, because: 'AWS decides whether the account may send to everybody' }];
  return [{ id: 'details', points: -35, because: 'it does not ask for leave to send to everybody' }];
}
