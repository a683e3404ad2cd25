import { clauses } from '../core/opening.ts';
import { permittedIn, portFactors, rewrittenIn } from '../core/ports-open.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A port for administrators, open to the internet, is found by machines within minutes and tried for ever.
export default {
  id: 'security-group-opened',
  title: 'Security group let more in',
  why: 'A security group lets in more than before, or rules of it were rewritten. Remote control, file shares or databases that are open to the whole internet are attacked at once; an intruder opens them to come back. Web ports open to the internet, and anything among the machines of the account, are everyday work.',
  severity: 'info',
  maps: {
    mitre: ['T1562.007', 'T1133'],
    cis: ['4.10', '5.2', '5.3'],
    nist: ['AC-4', 'AC-17', 'SC-7'],
    pci: ['1.2.1', '1.3.1', '1.4.2'],
    hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
    practice: 'Session Manager instead of open ports for administrators',
  },
  on: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:ModifySecurityGroupRules'],

  detect(activity) {
    const { request, name } = activity;
    const wrapped = inner(request, 'ModifySecurityGroupRulesRequest');
    const group = text(request, 'groupId') ?? text(wrapped, 'groupId') ?? text(request, 'groupName');
    const isRewritten = name === 'ec2:ModifySecurityGroupRules';
    const factors = portFactors(isRewritten ? rewrittenIn(request) : permittedIn(request));
    return {
      target: resourceTarget('security group', group),
      because: `${activity.actor.name} ${isRewritten ? verb(activity, 'rewrote', 'rewrite') : verb(activity, 'added', 'add')} rules ${isRewritten ? 'of' : 'to'} ${called('security group', group)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory opens SSH to the world': {
      event: did(user('mallory'), 'ec2:AuthorizeSecurityGroupIngress', permitting('tcp', 22, '0.0.0.0/0')),
      finds: 'mallory added rules to security group sg-1: port 22 (SSH) is open to the internet',
    },
    'mallory rewrites a rule': {
      event: did(user('mallory'), 'ec2:ModifySecurityGroupRules', {
        ModifySecurityGroupRulesRequest: {
          GroupId: 'sg-1',
          SecurityGroupRule: {
            SecurityGroupRuleId: 'sgr-1',
            SecurityGroupRule: { IpProtocol: '-1', CidrIpv6: '::/0' },
          },
        },
      }),
      finds: 'mallory rewrote rules of security group sg-1: every port is open to the internet',
    },
    'mallory may not': {
      event: did(
        user('mallory'),
        'ec2:AuthorizeSecurityGroupIngress',
        { groupName: 'web', ipProtocol: 'tcp', fromPort: '3300', toPort: '3400', cidrIp: '0.0.0.0/0' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds: 'mallory tried to add rules to security group web: ports 3300 to 3400 (MySQL) are open to the internet',
    },
    'a deployment opens the web': {
      event: did(role('deploy', 'ci-42'), 'ec2:AuthorizeSecurityGroupIngress', permitting('tcp', 443, '0.0.0.0/0')),
      finds: 'role deploy (session ci-42) added rules to security group sg-1: port 443 is open to the internet',
    },
    'SSH from the office, and an odd range': {
      event: did(user('alice'), 'ec2:AuthorizeSecurityGroupIngress', permitting('tcp', 22, '198.51.100.0/24', null)),
      finds: 'alice added rules to security group sg-1',
    },
    'a rule is taken away: another rule': {
      event: did(user('alice'), 'ec2:RevokeSecurityGroupIngress', permitting('tcp', 22, '0.0.0.0/0')),
    },
  },
} satisfies Rule;

function permitting(ipProtocol: string, port: number, ...networks: (string | null)[]) {
  const ipRanges = { items: networks.map((cidrIp) => cidrIp && { cidrIp }) };
  return { groupId: 'sg-1', ipPermissions: { items: [{ ipProtocol, fromPort: port, toPort: port, ipRanges }] } };
}
