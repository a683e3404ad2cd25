import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The door between a network and the internet, or another house.
export default {
  id: 'network-gateway-changed',
  title: 'Network gateway changed',
  why: 'A gateway, the way from a network to the internet or to a network outside of AWS, was made, attached, detached or deleted. Networks are built like this every day, by code. It is kept for the story: a gateway on a network that had none, followed by a route and an open security group, is a way out for data and a way in for others.',
  severity: 'info',
  maps: {
    mitre: ['T1599', 'T1133'],
    cis: ['4.12'],
    nist: ['AC-4', 'CM-3', 'SC-7'],
    pci: ['1.2.2', '1.4.1'],
    hipaa: ['164.312(e)(1)'],
    practice: 'networks are made by code',
  },
  on: [
    'ec2:CreateInternetGateway',
    'ec2:AttachInternetGateway',
    'ec2:DetachInternetGateway',
    'ec2:DeleteInternetGateway',
    'ec2:CreateCustomerGateway',
    'ec2:DeleteCustomerGateway',
  ],

  detect(activity) {
    const [type, id] = gatewayIn(activity);
    const network = text(activity.request, 'vpcId');
    return {
      target: resourceTarget(type, id),
      because: `${activity.actor.name} ${what(activity)} ${called(type, id)}${network ? ` (network ${network})` : ''}`,
    };
  },

  automatic: false,

  examples: {
    'mallory opens a closed network': {
      event: did(user('mallory'), 'ec2:AttachInternetGateway', { internetGatewayId: 'igw-0abc', vpcId: 'vpc-0abc' }),
      finds: 'mallory attached internet gateway igw-0abc (network vpc-0abc)',
    },
    'a deployment builds a network': {
      event: did(
        role('deploy', 'ci-42'),
        'ec2:CreateInternetGateway',
        {},
        { response: { internetGateway: { internetGatewayId: 'igw-0abc' } } },
      ),
      finds: 'role deploy (session ci-42) created internet gateway igw-0abc',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ec2:CreateCustomerGateway',
        { type: 'ipsec.1', ipAddress: '203.0.113.9' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'mallory tried to create a customer gateway that the record does not name',
    },
    'a gateway of another service': {
      event: did(user('alice'), 'storagegateway:DeleteGateway', { gatewayARN: 'gateway/sgw-0abc' }),
    },
  },
} satisfies Rule;

const WORDS: [string, string, string][] = [
  [':Create', 'created', 'create'],
  [':Attach', 'attached', 'attach'],
  [':Detach', 'detached', 'detach'],
  [':Delete', 'deleted', 'delete'],
];

function what(activity: Activity): string {
  const [, done, tried] = WORDS.find(([begin]) => activity.name.includes(begin)) ?? ['', 'changed', 'change'];
  return verb(activity, done, tried);
}

/** What was created is named in the answer. */
function gatewayIn({ name, request, response }: Activity): [string, string | undefined] {
  const [type, key] = name.endsWith('CustomerGateway')
    ? (['customer gateway', 'customerGateway'] as const)
    : (['internet gateway', 'internetGateway'] as const);
  return [type, text(request, `${key}Id`) ?? text(inner(response, key), `${key}Id`)];
}
