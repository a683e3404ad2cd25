import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, OUTSIDE, role, service, user } from '../events/did.ts';
import { text } from '../events/fields.ts';
import { accountIn } from '../policy/exposure.ts';

// From one account into the next: intruders follow the roles, and nobody sees both ends.
export default {
  id: 'role-assumed-across-accounts',
  title: 'Role assumed across an unknown account',
  why: 'A session crossed the border between this account and one that the settings do not know: somebody from there took a role of this account, or somebody from here took a role over there. Suppliers that watch or bill do the first all day, with an external id. Without one it may be an intruder who comes back through a role, or goes on to the next account.',
  severity: 'low',
  maps: {
    mitre: ['T1550.001', 'T1199', 'T1078.004', 'T1021.007'],
    cis: ['1.20'],
    nist: ['AC-3', 'AC-17', 'AC-20'],
    pci: ['7.2.5', '8.2.7', '10.2.1.2'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'trust named accounts, with an external id or an organization id',
  },
  on: ['sts:AssumeRole'],

  detect(activity, known) {
    const assumed = text(activity.request, 'roleArn');
    const other = otherAccount(assumed, activity);
    if (!assumed || !other || known.accounts.has(other)) return undefined;
    const outward = activity.actor.account === activity.account;
    return {
      target: { kind: 'resource', type: 'role', name: assumed },
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} role ${assumed}${outward ? ` in account ${other}` : ` from account ${other}`}, which the settings do not know`,
      factors: [...(outward ? [OUTWARD] : []), ...arrangedFactors(activity)],
    };
  },

  automatic: false,

  examples: {
    'a role session goes on to another account': {
      event: did(role('build', 'ci-42'), 'sts:AssumeRole', {
        roleArn: `arn:aws:iam::${OUTSIDE}:role/collector`,
        roleSessionName: 'x',
      }),
      finds:
        'role build (session ci-42) took role arn:aws:iam::999988887777:role/collector in account 999988887777, which the settings do not know',
    },
    'somebody comes in from outside': {
      event: did({ type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: OUTSIDE }, 'sts:AssumeRole', {
        roleArn: 'arn:aws:iam::111122223333:role/support',
        roleSessionName: 'x',
      }),
      finds:
        'account 999988887777 took role arn:aws:iam::111122223333:role/support from account 999988887777, which the settings do not know',
    },
    'a supplier comes in with its external id': {
      event: did({ type: 'AWSAccount', principalId: 'AROAEXAMPLE:watch', accountId: OUTSIDE }, 'sts:AssumeRole', {
        roleArn: 'arn:aws:iam::111122223333:role/monitoring',
        roleSessionName: 'watch',
        externalId: 'acme-4711',
      }),
      finds:
        'account 999988887777 took role arn:aws:iam::111122223333:role/monitoring from account 999988887777, which the settings do not know',
    },
    'a door that is shut': {
      event: did(
        user('mallory'),
        'sts:AssumeRole',
        { roleArn: `arn:aws:iam::${OUTSIDE}:role/admin` },
        { error: 'AccessDenied' },
      ),
      finds:
        'mallory tried to take role arn:aws:iam::999988887777:role/admin in account 999988887777, which the settings do not know',
    },
    'within the account': {
      event: did(user('alice'), 'sts:AssumeRole', { roleArn: 'arn:aws:iam::111122223333:role/deploy' }),
    },
    'a service takes its role': {
      event: did(service('lambda.amazonaws.com'), 'sts:AssumeRole', {
        roleArn: `arn:aws:iam::${OUTSIDE}:role/function`,
      }),
    },
    'a request that names no role': {
      event: did(role('build', 'ci-42'), 'sts:AssumeRole', { roleArn: 'collector' }),
    },
  },
} satisfies Rule;

const OUTWARD = { id: 'outward', points: 20, because: 'what it does there stands in no trail of this account' };

/** The account on the other side; undefined within the account, and for services. */
function otherAccount(assumed: string | undefined, { actor, account }: Activity): string | undefined {
  if (!assumed || actor.kind === 'service' || actor.via) return undefined;
  return [actor.account, accountIn(assumed)].find((each) => each !== undefined && each !== account);
}

function arrangedFactors({ request }: Activity): Factor[] {
  const isArranged = text(request, 'externalId') !== undefined;
  return isArranged
    ? [{ id: 'arranged', points: -15, because: 'the caller names an external id, as suppliers do' }]
    : [];
}
