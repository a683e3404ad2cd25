import { clauses } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A route decides past whom the traffic goes: past the firewall, or through the machine of somebody who listens.
export default {
  id: 'route-table-changed',
  title: 'Route table changed',
  why: 'A route or a route table was made, changed or deleted. Networks are built like this every day, by code. It is kept for the story: a route to the internet opens a closed subnet, one around the firewall hides traffic from it, and one that sends everything to a single machine lets whoever owns it listen.',
  severity: 'info',
  maps: {
    mitre: ['T1599', 'T1557', 'T1562.007'],
    cis: ['4.13', '5.5'],
    nist: ['AC-4', 'CM-3', 'SC-7'],
    pci: ['1.2.2', '1.4.1'],
    hipaa: ['164.312(e)(1)'],
    practice: 'networks are made by code',
  },
  on: [
    'ec2:CreateRoute',
    'ec2:ReplaceRoute',
    'ec2:DeleteRoute',
    'ec2:CreateRouteTable',
    'ec2:DeleteRouteTable',
    'ec2:ReplaceRouteTableAssociation',
    'ec2:DisassociateRouteTable',
  ],

  detect(activity) {
    const { request, response } = activity;
    const table = text(request, 'routeTableId') ?? text(inner(response, 'routeTable'), 'routeTableId');
    const factors = wayFactors(activity);
    return {
      target: resourceTarget('route table', table),
      because: `${activity.actor.name} ${what(activity)} ${called('route table', table)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory sends everything through a machine of hers': {
      event: did(user('mallory'), 'ec2:ReplaceRoute', {
        routeTableId: 'rtb-0abc',
        destinationCidrBlock: '0.0.0.0/0',
        networkInterfaceId: 'eni-0abc',
      }),
      finds: 'mallory changed a route of route table rtb-0abc: everything goes through eni-0abc',
    },
    'a deployment builds a public subnet': {
      event: did(role('deploy', 'ci-42'), 'ec2:CreateRoute', {
        routeTableId: 'rtb-0abc',
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: 'igw-0abc',
      }),
      finds: 'role deploy (session ci-42) added a route to route table rtb-0abc: it leads to the internet',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ec2:DeleteRouteTable',
        { routeTableId: 'rtb-0abc' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'mallory tried to delete route table rtb-0abc',
    },
    'an association is all that is named': {
      event: did(user('alice'), 'ec2:DisassociateRouteTable', { associationId: 'rtbassoc-0abc' }),
      finds: 'alice took a subnet off a route table that the record does not name',
    },
    'a route of an API': {
      event: did(user('alice'), 'apigateway:DeleteRoute', { apiId: 'a1b2', routeId: 'c3d4' }),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [string, string] } = {
  CreateRoute: ['added a route to', 'add a route to'],
  ReplaceRoute: ['changed a route of', 'change a route of'],
  DeleteRoute: ['removed a route of', 'remove a route of'],
  CreateRouteTable: ['created', 'create'],
  DeleteRouteTable: ['deleted', 'delete'],
  ReplaceRouteTableAssociation: ['gave a subnet to', 'give a subnet to'],
  DisassociateRouteTable: ['took a subnet off', 'take a subnet off'],
};

function what(activity: Activity): string {
  const [done, tried] = WORDS[activity.name.slice('ec2:'.length)] ?? ['changed', 'change'];
  return verb(activity, done, tried);
}

/** Where a route for everything leads. */
function wayFactors({ name, request }: Activity): Factor[] {
  if (name !== 'ec2:CreateRoute' && name !== 'ec2:ReplaceRoute') return [];
  const to = text(request, 'destinationCidrBlock') ?? text(request, 'destinationIpv6CidrBlock');
  if (to !== '0.0.0.0/0' && to !== '::/0') return [];
  const machine = text(request, 'networkInterfaceId') ?? text(request, 'instanceId');
  if (machine) return [{ id: 'machine', points: 20, because: `everything goes through ${machine}` }];
  return text(request, 'gatewayId')?.startsWith('igw-')
    ? [{ id: 'internet', points: 10, because: 'it leads to the internet' }]
    : [];
}
