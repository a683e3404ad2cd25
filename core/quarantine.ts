// An inline policy that denies everything: what both quarantines put on a principal, and what their undo takes off.
import { canonical } from './journal.ts';
import type { Call, Read } from './operations.ts';
import { deleteInline, exists, inlineDocument, putInline } from './principal-policies.ts';
import type { Json, Plan } from './remediation.ts';
import { nameOfPrincipal, type Principal } from './target.ts';

/** The name that a responder will find in the console. */
export const QUARANTINE = 'iam-guardrail-quarantine';

/** What stands under that name: nothing, our deny, or something else. */
export type Quarantine = { policy: Json };

const DENY_ALL = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'IamGuardrailQuarantine', Effect: 'Deny', Action: '*', Resource: '*' }],
};

export async function observeQuarantine(principal: Principal, read: Read): Promise<Quarantine | null> {
  const document = await inlineDocument(principal, QUARANTINE, read);
  if (document) return { policy: document as Json };
  return (await exists(principal, read)) ? { policy: null } : null;
}

export function isQuarantined(seen: Quarantine | null): boolean {
  return seen !== null && canonical(seen.policy) === canonical(DENY_ALL);
}

/** An inline deny wins over every allow, of open sessions too, and its deletion is the exact way back. */
export function quarantinePlan(seen: Quarantine, principal: Principal): Plan {
  const back: Call =
    seen.policy === null
      ? deleteInline(principal, QUARANTINE)
      : putInline(principal, QUARANTINE, seen.policy as { [key: string]: Json });
  return {
    says: `deny everything to ${nameOfPrincipal(principal)}`,
    apply: [putInline(principal, QUARANTINE, DENY_ALL)],
    undo: [back],
  };
}
