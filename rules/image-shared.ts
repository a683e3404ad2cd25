import { addedTo, clauses, outsiderIn, sharingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// An image is a machine as it stood, with its keys, settings and data.
export default {
  id: 'image-shared',
  title: 'Machine image shared',
  why: 'A machine image was shared with another account or with everybody. Whoever may launch it finds in it what the machine knew: programs, keys, settings, data. It is normal for images that an organization builds for its own accounts, which the settings should know, and for those who publish images as a product.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1578'],
    cis: [],
    nist: ['AC-3', 'AC-21', 'SC-7'],
    pci: ['7.2.1', '7.2.5', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'images shared with the organization, and public sharing blocked',
  },
  on: ['ec2:ModifyImageAttribute'],

  detect(activity, known) {
    const whom = addedTo(activity.request, 'launchPermission');
    if (whom.length === 0) return undefined;
    const image = text(activity.request, 'imageId');
    const isForeign = known.accounts.size > 0 && whom.some((each) => outsiderIn(each, activity, known));
    const isOrganization = !isForeign && whom.every((each) => each.startsWith('arn:'));
    const factors = isOrganization
      ? [ORGANIZATION]
      : sharingFactors(whom, { everybody: 40, outsider: 10, known: -25 }, activity, known);
    return {
      target: resourceTarget('image', image),
      because: `${activity.actor.name} ${verb(activity, 'shared', 'share')} ${called('image', image)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory publishes a machine': {
      event: did(user('mallory'), 'ec2:ModifyImageAttribute', changing({ add: { items: [{ group: 'all' }] } })),
      finds: 'mallory shared image ami-1: everybody may use it',
    },
    'mallory shares it with her own account, and may not': {
      event: did(user('mallory'), 'ec2:ModifyImageAttribute', changing({ add: { items: [{ userId: OUTSIDE }] } }), {
        error: 'UnauthorizedOperation',
      }),
      finds: 'mallory tried to share image ami-1: account 999988887777 may use it',
    },
    'the image factory shares with the organization': {
      event: did(
        role('images', 'ci-42'),
        'ec2:ModifyImageAttribute',
        changing({ add: { items: [{ organizationArn: 'arn:aws:organizations::111122223333:organization/o-own' }] } }),
      ),
      finds: 'role images (session ci-42) shared image ami-1',
    },
    'a description is changed': {
      event: did(user('alice'), 'ec2:ModifyImageAttribute', { imageId: 'ami-1', description: { value: 'old' } }),
    },
    'a permission of the wrong kind': {
      event: did(user('alice'), 'ec2:ModifyImageAttribute', changing(['all'])),
    },
  },
} satisfies Rule;

const ORGANIZATION = { id: 'shared', points: -20, because: 'only accounts of an organization may use it' };

function changing(launchPermission: object) {
  return { imageId: 'ami-1', launchPermission, attributeType: 'launchPermission' };
}
