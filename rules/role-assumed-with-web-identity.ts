import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A token instead of a key: whether the right repository or app came, only the trust policy checks.
export default {
  id: 'role-assumed-with-web-identity',
  title: 'Role assumed with a web identity',
  why: "A build system, an app or a program outside opened a session of a role with a token of its identity provider. It happens all day where such systems are connected; pods of the organization's clusters are not told here. It is kept on record because a trust policy that asks for too little lets strangers in the same way, and refusals show who tries.",
  severity: 'info',
  maps: {
    mitre: ['T1550.001', 'T1199', 'T1078.004'],
    cis: ['1.20'],
    nist: ['AC-2', 'AC-17', 'IA-8'],
    pci: ['8.2.7', '8.6.1', '10.2.1.4'],
    hipaa: ['164.312(a)(2)(i)', '164.312(d)'],
    practice: 'trust policies that name audience and subject',
  },
  on: ['sts:AssumeRoleWithWebIdentity'],

  detect(activity) {
    if (isPod(activity) && !activity.failed) return undefined;
    const assumed = text(activity.request, 'roleArn');
    return {
      target: resourceTarget('role', assumed),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} ${called('role', assumed)} with a web identity`,
      factors: [...refusedFactors(activity), ...nameFactors(assumed)],
    };
  },

  automatic: false,

  examples: {
    'a build takes the role of the administrators': {
      event: did(
        web('token.actions.githubusercontent.com', 'repo:acme/web:ref:refs/heads/x'),
        'sts:AssumeRoleWithWebIdentity',
        {
          roleArn: 'arn:aws:iam::111122223333:role/github-admin',
        },
      ),
      finds: 'repo:acme/web:ref:refs/heads/x took role arn:aws:iam::111122223333:role/github-admin with a web identity',
    },
    'a stranger is refused': {
      event: did(
        web('token.actions.githubusercontent.com', 'repo:mallory/x:ref:refs/heads/main'),
        'sts:AssumeRoleWithWebIdentity',
        { roleArn: 'arn:aws:iam::111122223333:role/deploy' },
        { error: 'AccessDenied' },
      ),
      finds:
        'repo:mallory/x:ref:refs/heads/main tried to take role arn:aws:iam::111122223333:role/deploy with a web identity',
    },
    'a request that names no role': {
      event: did(web('login.example.com', 'app-1'), 'sts:AssumeRoleWithWebIdentity', { roleArn: 7 }),
      finds: 'app-1 took a role that the record does not name with a web identity',
    },
    'a pod of a cluster gets to work': {
      event: did(
        web('oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D46', 'system:serviceaccount:shop:api'),
        'sts:AssumeRoleWithWebIdentity',
        {
          roleArn: 'arn:aws:iam::111122223333:role/shop-api',
        },
      ),
    },
    'a role session takes a role': {
      event: did(role('build', 'ci-42'), 'sts:AssumeRole', { roleArn: 'arn:aws:iam::111122223333:role/deploy' }),
    },
  },
} satisfies Rule;

/** A web identity as CloudTrail writes it. */
function web(issuer: string, subject: string) {
  const provider = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
  const principalId = `${provider}:sts.amazonaws.com:${subject}`;
  return { type: 'WebIdentityUser', principalId, userName: subject, identityProvider: provider };
}

/** CloudTrail's principal id begins with the provider: `arn:…:oidc-provider/oidc.eks.…:audience:subject`. */
function isPod({ actor }: Activity): boolean {
  return /^arn:[^:]*:iam::\d{12}:oidc-provider\/oidc[.-]eks\.[a-z0-9-]+\.(amazonaws\.com|api\.aws)/.test(actor.id);
}

function refusedFactors({ failed }: Activity): Factor[] {
  return failed ? [{ id: 'refused', points: 40, because: 'a token that is refused may be that of a stranger' }] : [];
}

function nameFactors(assumed = ''): Factor[] {
  const isStrong = /:role\/.*admin/i.test(assumed);
  return isStrong ? [{ id: 'strong', points: 20, because: 'the role is named like that of an administrator' }] : [];
}
