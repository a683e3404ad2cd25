import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, inner, text } from '../events/fields.ts';
import { accountIn } from '../policy/exposure.ts';
import { strings } from '../policy/shapes.ts';

// Within the organization it is plumbing; to an account outside, it is giving away.
export default {
  id: 'resource-shared',
  title: 'Resources shared with other accounts',
  why: 'Resources were shared with other accounts through AWS Resource Access Manager: networks, images, databases, keys to services. Within the organization that is how accounts work together. An account that is not yours gets hold of what is shared without leaving a trace in your records; normal only with a partner whose account you know.',
  severity: 'info',
  maps: {
    mitre: ['T1537', 'T1199'],
    cis: [],
    nist: ['AC-3', 'AC-4', 'AC-20', 'AC-21'],
    pci: ['1.4.2', '7.2.1'],
    hipaa: ['164.308(b)(1)', '164.312(a)(1)'],
    practice: 'sharing within the organization only (ram:AllowsExternalPrincipals false)',
  },
  on: ['ram:CreateResourceShare', 'ram:AssociateResourceShare', 'ram:UpdateResourceShare'],

  detect(activity, known) {
    const share = shareIn(activity);
    const strangers = outsiders(activity, known);
    return {
      target: resourceTarget('resource share', share),
      because: `${activity.actor.name} ${doing(activity)} ${called('resource share', share)}${strangers.length > 0 ? ` for ${strangers.slice(0, 3).join(', ')}, outside of the organization` : ''}`,
      factors: factorsOf(activity, strangers),
    };
  },

  automatic: false,

  examples: {
    'mallory shares the network with an account of her own': {
      event: did(user('mallory'), 'ram:CreateResourceShare', {
        name: 'net',
        principals: ['999988887777'],
        resourceArns: ['arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1'],
        allowExternalPrincipals: true,
      }),
      finds: 'mallory created resource share net for 999988887777, outside of the organization',
    },
    'a share is opened to outsiders': {
      event: did(user('mallory'), 'ram:UpdateResourceShare', { name: 'net', allowExternalPrincipals: true }),
      finds: 'mallory changed resource share net',
    },
    'a deployment shares with a unit of the organization': {
      event: did(role('deploy', 'ci-42'), 'ram:AssociateResourceShare', {
        resourceShareArn: 'arn:aws:ram:us-east-1:111122223333:resource-share/1',
        principals: ['arn:aws:organizations::111122223333:ou/o-abcde12345/ou-ab12-prod'],
      }),
      finds: 'role deploy (session ci-42) added to resource share arn:aws:ram:us-east-1:111122223333:resource-share/1',
    },
    'a build may not share with a role outside, and names no share': {
      event: did(
        role('build', 'ci-42'),
        'ram:AssociateResourceShare',
        { principals: 'arn:aws:iam::999988887777:role/x' },
        { error: 'OperationNotPermittedException' },
      ),
      finds:
        'role build (session ci-42) tried to add to a resource share that the record does not name for arn:aws:iam::999988887777:role/x, outside of the organization',
    },
    'an account that the settings do not know, and outsiders are not allowed': {
      event: did(role('deploy', 'ci-42'), 'ram:CreateResourceShare', {
        name: 'net',
        principals: ['444455556666'],
        allowExternalPrincipals: false,
      }),
      finds: 'role deploy (session ci-42) created resource share net',
    },
    'sharing ends': {
      event: did(user('alice'), 'ram:DisassociateResourceShare', { principals: ['999988887777'] }),
    },
  },
} satisfies Rule;

function shareIn({ request, response }: Activity): string | undefined {
  const made = inner(response, 'resourceShare');
  return text(request, 'resourceShareArn') ?? text(request, 'name') ?? text(made, 'resourceShareArn');
}

function doing(activity: Activity): string {
  if (activity.name === 'ram:CreateResourceShare') return verb(activity, 'created', 'create');
  return activity.name === 'ram:AssociateResourceShare'
    ? verb(activity, 'added to', 'add to')
    : verb(activity, 'changed', 'change');
}

/** Organizations and their units are always one's own: RAM takes no others. Services have no account. */
function outsiders({ request, account }: Activity, known: Known): string[] {
  // RAM refuses accounts from outside then.
  if (flag(request, 'allowExternalPrincipals') === false) return [];
  return strings(at(request, 'principals')).filter((each) => {
    const owner = /^arn:aws[a-z-]*:organizations:/.test(each) ? undefined : accountIn(each);
    return owner !== undefined && owner !== account && !known.accounts.has(owner);
  });
}

function factorsOf({ name, request }: Activity, strangers: string[]): Factor[] {
  if (strangers.length > 0)
    return [{ id: 'outside', points: 45, because: `${strangers[0]} is no account that the settings know` }];
  const isOpen = flag(request, 'allowExternalPrincipals') === true && name === 'ram:UpdateResourceShare';
  return isOpen ? [{ id: 'open', points: 30, because: 'accounts outside of the organization may be added to it' }] : [];
}
