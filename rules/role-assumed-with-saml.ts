import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The directory says who it is, and AWS believes it: a forged sign-in looks like any other.
export default {
  id: 'role-assumed-with-saml',
  title: 'Role assumed with SAML',
  why: "A person of the organization's directory opened a session of a role. It is how people sign in every day. It is kept on record because a session that no sign-in at the directory belongs to was forged with its signing key; a refusal means that somebody asked for a role, or came with a statement, that does not count here.",
  severity: 'info',
  maps: {
    mitre: ['T1606.002', 'T1550.001', 'T1078.004'],
    cis: ['1.21'],
    nist: ['AC-2', 'AC-17', 'IA-8'],
    pci: ['8.2.1', '10.2.1.4'],
    hipaa: ['164.312(a)(2)(i)', '164.312(d)'],
    practice: 'people sign in through an identity provider',
  },
  on: ['sts:AssumeRoleWithSAML'],

  detect(activity) {
    const assumed = text(activity.request, 'roleArn');
    const provider = text(activity.request, 'principalArn');
    return {
      target: resourceTarget('role', assumed),
      because: `${activity.actor.name} ${verb(activity, 'took', 'take')} ${called('role', assumed)} through ${called('identity provider', provider)}`,
      factors: refusedFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'ana comes to work': {
      event: did(person('ana@example.com'), 'sts:AssumeRoleWithSAML', {
        roleArn: 'arn:aws:iam::111122223333:role/engineer',
        principalArn: 'arn:aws:iam::111122223333:saml-provider/corporate',
      }),
      finds:
        'ana@example.com took role arn:aws:iam::111122223333:role/engineer through identity provider arn:aws:iam::111122223333:saml-provider/corporate',
    },
    'a statement that does not count': {
      event: did(
        person('mallory@example.com'),
        'sts:AssumeRoleWithSAML',
        {
          roleArn: 'arn:aws:iam::111122223333:role/admin',
          principalArn: 'arn:aws:iam::111122223333:saml-provider/corporate',
        },
        { error: 'AccessDenied' },
      ),
      finds:
        'mallory@example.com tried to take role arn:aws:iam::111122223333:role/admin through identity provider arn:aws:iam::111122223333:saml-provider/corporate',
    },
    'the record is cut': {
      event: did(person('ana@example.com'), 'sts:AssumeRoleWithSAML', null),
      finds:
        'ana@example.com took a role that the record does not name through an identity provider that the record does not name',
    },
    'a user takes a role with a key': {
      event: did(user('alice'), 'sts:AssumeRole', { roleArn: 'arn:aws:iam::111122223333:role/engineer' }),
    },
  },
} satisfies Rule;

function refusedFactors({ failed }: Activity): Factor[] {
  return failed
    ? [{ id: 'refused', points: 40, because: 'a sign-in that is refused is rare, and worth a record' }]
    : [];
}

function person(name: string) {
  return { type: 'SAMLUser', principalId: `EXAMPLEqualifier:${name}`, userName: name, identityProvider: 'EXAMPLE' };
}
