import { clauses, outsiderIn } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Known, Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A peering joins two networks as if they were one, and the other one may be a stranger's.
export default {
  id: 'vpc-changed',
  title: 'Network or peering changed',
  why: 'A network (VPC) was made, changed or deleted, or joined with another one. Networks are built like this every day, by code. A peering with an account that nobody knows lets its machines talk to those here without passing the internet, and so without passing what watches the way to the internet.',
  severity: 'info',
  maps: {
    mitre: ['T1599', 'T1578.005'],
    cis: ['4.14', '5.5'],
    nist: ['AC-4', 'CM-3', 'SC-7'],
    pci: ['1.2.2', '1.4.1'],
    hipaa: ['164.312(e)(1)'],
    practice: 'networks are made by code, and joined within the organization only',
  },
  on: [
    'ec2:CreateVpc',
    'ec2:DeleteVpc',
    'ec2:ModifyVpcAttribute',
    'ec2:CreateVpcPeeringConnection',
    'ec2:AcceptVpcPeeringConnection',
    'ec2:RejectVpcPeeringConnection',
    'ec2:DeleteVpcPeeringConnection',
    'ec2:AttachClassicLinkVpc',
    'ec2:DetachClassicLinkVpc',
    'ec2:EnableVpcClassicLink',
    'ec2:DisableVpcClassicLink',
  ],

  detect(activity, known) {
    const isPeering = activity.name.includes('Peering');
    const type = isPeering ? 'peering' : 'network';
    const name = isPeering ? peeringIn(activity) : networkIn(activity);
    const factors = outsideFactors(activity, known);
    return {
      target: resourceTarget(type, name),
      because: `${activity.actor.name} ${what(activity)} ${called(type, name)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory joins the network with hers': {
      event: did(
        user('mallory'),
        'ec2:CreateVpcPeeringConnection',
        { vpcId: 'vpc-0abc', peerVpcId: 'vpc-0bad', peerOwnerId: OUTSIDE },
        { response: { vpcPeeringConnection: { vpcPeeringConnectionId: 'pcx-0abc' } } },
      ),
      finds: 'mallory created peering pcx-0abc: the other network is of account 999988887777, which is not known',
    },
    'mallory accepts what she asked for from outside': {
      event: did(
        role('web', 'i-0abc'),
        'ec2:AcceptVpcPeeringConnection',
        { vpcPeeringConnectionId: 'pcx-0abc' },
        { response: { vpcPeeringConnection: { requesterVpcInfo: { ownerId: OUTSIDE, vpcId: 'vpc-0bad' } } } },
      ),
      finds:
        'role web (session i-0abc) accepted peering pcx-0abc: the other network is of account 999988887777, which is not known',
    },
    'a deployment builds a network': {
      event: did(
        role('deploy', 'ci-42'),
        'ec2:CreateVpc',
        { cidrBlock: '10.0.0.0/16' },
        { response: { vpc: { vpcId: 'vpc-0abc' } } },
      ),
      finds: 'role deploy (session ci-42) created network vpc-0abc',
    },
    'mallory may not': {
      event: did(user('mallory'), 'ec2:DeleteVpc', { vpcId: 7 }, { error: 'Client.UnauthorizedOperation' }),
      finds: 'mallory tried to delete a network that the record does not name',
    },
    'alice looks': {
      event: did(user('alice'), 'ec2:DescribeVpcs', {}),
    },
  },
} satisfies Rule;

const WORDS: [string, string, string][] = [
  [':Create', 'created', 'create'],
  [':Delete', 'deleted', 'delete'],
  [':Accept', 'accepted', 'accept'],
  [':Reject', 'rejected', 'reject'],
];

function what(activity: Activity): string {
  const [, done, tried] = WORDS.find(([begin]) => activity.name.includes(begin)) ?? ['', 'changed', 'change'];
  return verb(activity, done, tried);
}

function networkIn({ request, response }: Activity): string | undefined {
  return text(request, 'vpcId') ?? text(inner(response, 'vpc'), 'vpcId');
}

function peeringIn({ request, response }: Activity): string | undefined {
  return text(request, 'vpcPeeringConnectionId') ?? text(joined(response), 'vpcPeeringConnectionId');
}

function joined(response: Fields): Fields {
  return inner(response, 'vpcPeeringConnection');
}

/** Refusing or ending a peering with a stranger is no harm. */
function outsideFactors(activity: Activity, known: Known): Factor[] {
  if (!/:(Create|Accept)VpcPeering/.test(activity.name)) return [];
  const sides = ['requesterVpcInfo', 'accepterVpcInfo'].map((each) =>
    text(inner(joined(activity.response), each), 'ownerId'),
  );
  const account = [text(activity.request, 'peerOwnerId'), ...sides]
    .map((each) => outsiderIn(each, activity, known))
    .find((each) => each !== undefined);
  if (!account) return [];
  return [{ id: 'outsider', points: 40, because: `the other network is of account ${account}, which is not known` }];
}
