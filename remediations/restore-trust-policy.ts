import { canonical } from '../core/journal.ts';
import { type Json, remediation } from '../core/remediation.ts';
import type { Target } from '../core/target.ts';
import { parseDocument } from '../events/fields.ts';
import { comparable } from '../policy/comparable.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { unwantedOutsiders, withoutOutsiders } from '../policy/trust.ts';

type Trust = { document: Json };

// Whoever may assume the role decides who has its permissions. IAM keeps no former trust policy: where no earlier event or
// snapshot tells it, the outsiders are taken out of the present one and everybody else keeps the role.
export default remediation<'trust-policy', Trust>({
  id: 'restore-trust-policy',
  title: 'Restore the trust policy of a role',
  why: 'The former trust policy is put back where it is known. Where it is not, whoever is let in from outside and is pinned down by nothing is taken out, and the rest stays. Sessions that somebody has already opened go on until they end.',
  target: 'trust-policy',
  reach: 'undo',
  needs: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'],

  async observe({ role }, read) {
    const found = await read('iam:GetRole', { RoleName: role });
    const document = parseDocument(found?.Role?.AssumeRolePolicyDocument ?? '');
    return document ? { document: document as Json } : null;
  },

  precheck({ document }, target) {
    const name = `the trust policy of role ${target.role}`;
    if (target.document && !alike(document, target.document as Json)) return `${name} has changed since the event`;
    return alike(document, wanted(target, document)) ? `${name} is as it should be` : undefined;
  },

  plan({ document }, target) {
    const put = (each: Json) =>
      ({
        call: 'iam:UpdateAssumeRolePolicy',
        input: { RoleName: target.role, PolicyDocument: JSON.stringify(each) },
      }) as const;
    return {
      says: target.former
        ? `put the former trust policy of role ${target.role} back`
        : `take the outsiders out of the trust policy of role ${target.role}; the former one is not known`,
      apply: [put(wanted(target, document))],
      undo: [put(document)],
    };
  },

  verify: (seen, target) => seen !== null && alike(seen.document, wanted(target, seen.document)),

  examples: {
    'the former policy is known': {
      target: {
        kind: 'trust-policy',
        role: 'ci',
        account: '111122223333',
        known: [],
        document: open(),
        former: closed(),
      },
      seen: { document: open() },
      says: 'put the former trust policy of role ci back',
    },
    'the former policy is not known': {
      target: {
        kind: 'trust-policy',
        role: 'ci',
        account: '111122223333',
        known: [],
        document: open(),
        former: undefined,
      },
      seen: { document: open() },
      says: 'take the outsiders out of the trust policy of role ci; the former one is not known',
    },
    'changed since': {
      target: {
        kind: 'trust-policy',
        role: 'ci',
        account: '111122223333',
        known: [],
        document: open(),
        former: closed(),
      },
      seen: { document: closed() },
      refuses: 'the trust policy of role ci has changed since the event',
    },
  },
});

/** The document that should stand: the former one, or this one without those who should not be let in unasked. */
function wanted({ former, account, known }: Target<'trust-policy'>, document: Json): Json {
  if (former) return former as Json;
  const unwanted = new Set(
    unwantedOutsiders(document as PolicyDocument, account, known).map((each) => JSON.stringify(each)),
  );
  return withoutOutsiders(document as PolicyDocument, (each) => unwanted.has(JSON.stringify(each)), account) as Json;
}

function alike(one: Json, other: Json): boolean {
  return canonical(comparable(one)) === canonical(comparable(other));
}

function closed() {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
}

function open() {
  const outside = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sts:AssumeRole' };
  return { ...closed(), Statement: [...closed().Statement, outside] };
}
