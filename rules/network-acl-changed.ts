import { clauses, integerAt } from '../core/opening.ts';
import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { flag, inner, text } from '../events/fields.ts';

// The outer fence of a subnet: security groups open gates in it, this takes the fence away.
export default {
  id: 'network-acl-changed',
  title: 'Network ACL changed',
  why: 'A network ACL, the fence around subnets, was made, changed or deleted. By default it lets everything through and security groups decide, so most changes say little and are kept for the story. An entry that lets the whole internet in to SSH or Remote Desktop is one half of an open machine.',
  severity: 'info',
  maps: {
    mitre: ['T1562.007', 'T1599'],
    cis: ['4.11', '5.1'],
    nist: ['AC-4', 'CM-3', 'SC-7'],
    pci: ['1.2.2', '1.3.1', '1.4.2'],
    hipaa: ['164.312(e)(1)'],
    practice: 'networks are made by code, and closed to the internet for administration',
  },
  on: [
    'ec2:CreateNetworkAcl',
    'ec2:CreateNetworkAclEntry',
    'ec2:ReplaceNetworkAclEntry',
    'ec2:DeleteNetworkAclEntry',
    'ec2:DeleteNetworkAcl',
    'ec2:ReplaceNetworkAclAssociation',
  ],

  detect(activity) {
    const { request, response } = activity;
    const acl = text(request, 'networkAclId') ?? text(inner(response, 'networkAcl'), 'networkAclId');
    const factors = entryFactors(activity);
    return {
      target: resourceTarget('network ACL', acl),
      because: `${activity.actor.name} ${what(activity)} ${called('network ACL', acl)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory lets everybody in to SSH': {
      event: did(user('mallory'), 'ec2:CreateNetworkAclEntry', entry({ portRange: { from: 22, to: 22 } })),
      finds: 'mallory added an entry to network ACL acl-0abc: port 22 is open to the whole internet',
    },
    'everything, as by default': {
      event: did(role('deploy', 'ci-42'), 'ec2:CreateNetworkAclEntry', entry({ aclProtocol: '-1', portRange: {} })),
      finds: 'role deploy (session ci-42) added an entry to network ACL acl-0abc: all traffic is let in',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ec2:ReplaceNetworkAclEntry',
        entry({ cidrBlock: null, ipv6CidrBlock: '::/0', portRange: { from: 3389, to: 3389 } }),
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'mallory tried to replace an entry of network ACL acl-0abc: port 3389 is open to the whole internet',
    },
    'answers may come back in': {
      event: did(user('alice'), 'ec2:CreateNetworkAclEntry', entry({ portRange: { from: 1024, to: 65_535 } })),
      finds: 'alice added an entry to network ACL acl-0abc',
    },
    'the record does not name it': {
      event: did(user('alice'), 'ec2:DeleteNetworkAcl', { networkAclId: ['acl-0abc'] }),
      finds: 'alice deleted a network ACL that the record does not name',
    },
    'alice looks': {
      event: did(user('alice'), 'ec2:DescribeNetworkAcls', {}),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [string, string] } = {
  CreateNetworkAcl: ['created', 'create'],
  CreateNetworkAclEntry: ['added an entry to', 'add an entry to'],
  ReplaceNetworkAclEntry: ['replaced an entry of', 'replace an entry of'],
  DeleteNetworkAclEntry: ['removed an entry of', 'remove an entry of'],
  DeleteNetworkAcl: ['deleted', 'delete'],
  ReplaceNetworkAclAssociation: ['gave a subnet to', 'give a subnet to'],
};

function what(activity: Activity): string {
  const [done, tried] = WORDS[activity.name.slice('ec2:'.length)] ?? ['changed', 'change'];
  return verb(activity, done, tried);
}

/** What the whole internet may now reach, in from outside. */
function entryFactors({ name, request }: Activity): Factor[] {
  const isEntry = name === 'ec2:CreateNetworkAclEntry' || name === 'ec2:ReplaceNetworkAclEntry';
  const from = text(request, 'cidrBlock') ?? text(request, 'ipv6CidrBlock');
  const isOpen = from === '0.0.0.0/0' || from === '::/0';
  if (!isEntry || !isOpen || text(request, 'ruleAction') !== 'allow' || flag(request, 'egress')) return [];
  if (text(request, 'aclProtocol') === '-1') return [{ id: 'open', points: 15, because: 'all traffic is let in' }];
  const port = administrativePort(inner(request, 'portRange'));
  if (!port) return [];
  return [{ id: 'open', points: 35, because: `port ${port} is open to the whole internet` }];
}

/** Answers to what the subnet asked come in through a wide range above 1023: that is no port for administration. */
function administrativePort(range: Fields): number | undefined {
  const [low, high] = [integerAt(range, 'from') ?? -1, integerAt(range, 'to') ?? -1];
  if (low >= 1_024 && high - low > 100) return undefined;
  return [22, 3389].find((each) => low <= each && each <= high);
}

/** An entry that lets the whole internet in. */
function entry(more: Fields): Fields {
  const basic = { networkAclId: 'acl-0abc', ruleNumber: 100, egress: false, ruleAction: 'allow' };
  return { ...basic, aclProtocol: '6', cidrBlock: '0.0.0.0/0', icmpTypeCode: {}, ...more };
}
