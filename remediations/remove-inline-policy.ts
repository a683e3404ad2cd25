import { deleteInline, exists, inlineDocument, NEEDS, putInline } from '../core/principal-policies.ts';
import { type Json, remediation } from '../core/remediation.ts';
import { same } from '../core/state.ts';
import { nameOfPrincipal } from '../core/target.ts';
import type { PolicyDocument } from '../policy/document.ts';

type Inline = { document: Json };

// Takes back the one inline policy that the event wrote; where it replaced a document that is known, that one returns.
export default remediation<'inline-policy', Inline>({
  id: 'remove-inline-policy',
  title: 'Remove an inline policy, or put its former document back',
  why: 'The user, group or role loses what the event wrote into this policy, and only that. If the policy existed before and its document is known, it is put back; otherwise the policy is deleted. The document is kept in the journal, and undo writes it again.',
  target: 'inline-policy',
  reach: 'undo',
  needs: ['iam:GetUser', 'iam:GetGroup', 'iam:GetRole', ...NEEDS.inline],

  async observe({ principal, policy }, read) {
    const document = await inlineDocument(principal, policy, read);
    if (document) return { document: document as Json };
    return (await exists(principal, read)) ? { document: null } : null;
  },

  precheck({ document }, target) {
    const name = `inline policy ${target.policy} of ${nameOfPrincipal(target.principal)}`;
    if (document === null) return `${name} does not exist any more`;
    if (target.document && !same({ document }, { document: target.document as Json }))
      return `${name} has changed since the event`;
    return target.former && same({ document }, { document: target.former as Json })
      ? `${name} is what it was before the event`
      : undefined;
  },

  plan({ document }, { principal, policy, former }) {
    const name = `inline policy ${policy} of ${nameOfPrincipal(principal)}`;
    return {
      says: former ? `put the former document of ${name} back` : `delete ${name}`,
      apply: [former ? putInline(principal, policy, former) : deleteInline(principal, policy)],
      undo: [putInline(principal, policy, document as PolicyDocument)],
    };
  },

  verify: (seen, { former }) => seen !== null && same(seen, { document: (former ?? null) as Json }),

  examples: {
    'a new policy': {
      target: {
        kind: 'inline-policy',
        principal: { type: 'user', name: 'bob' },
        policy: 'all',
        document: everything(),
        former: null,
      },
      seen: { document: everything() },
      says: 'delete inline policy all of user bob',
    },
    'a policy that was narrower before': {
      target: {
        kind: 'inline-policy',
        principal: { type: 'role', name: 'ci' },
        policy: 'deploy',
        document: everything(),
        former: reading(),
      },
      seen: { document: everything() },
      says: 'put the former document of inline policy deploy of role ci back',
    },
    'changed since': {
      target: {
        kind: 'inline-policy',
        principal: { type: 'role', name: 'ci' },
        policy: 'deploy',
        document: everything(),
        former: undefined,
      },
      seen: { document: reading() },
      refuses: 'inline policy deploy of role ci has changed since the event',
    },
  },
});

function everything() {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
}

function reading() {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] };
}
