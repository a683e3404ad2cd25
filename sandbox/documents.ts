// Policy documents on their way in and out: IAM checks the grammar when it takes one, and encodes it when it gives one.

import type { Fields } from '../events/activity.ts';
import { isFields, parseDocument } from '../events/fields.ts';
import { refuse } from './refusal.ts';

/** The text of a policy document that grants permissions, as it was given. */
export function permissions(text: string | undefined): string {
  const statements = statementsIn(text);
  if (statements.some((each) => has(each, 'Principal', 'NotPrincipal')))
    malformed('Policy document should not specify a principal.');
  if (!statements.every((each) => has(each, 'Resource', 'NotResource')))
    malformed('Policy statement must contain resources.');
  return text ?? '';
}

/** The text of a role's trust policy, as it was given. */
export function trust(text: string | undefined): string {
  const statements = statementsIn(text);
  if (statements.some((each) => has(each, 'Resource', 'NotResource'))) malformed('Has prohibited field Resource');
  if (!statements.every((each) => has(each, 'Principal', 'NotPrincipal')))
    malformed('Missing required field Principal');
  return text ?? '';
}

/** As IAM returns documents: URL-encoded (RFC 3986). */
export function encoded(document: string): string {
  return encodeURIComponent(document);
}

function statementsIn(text: string | undefined): Fields[] {
  const document = parseDocument(text ?? '') ?? malformed('Syntax errors in policy.');
  if (document.Version !== undefined && !['2012-10-17', '2008-10-17'].includes(String(document.Version)))
    malformed('Syntax errors in policy.');
  const statements = [document.Statement].flat();
  if (statements.length === 0 || !statements.every(isStatement)) malformed('Syntax errors in policy.');
  return statements.filter(isFields);
}

function isStatement(value: unknown): boolean {
  return isFields(value) && (value.Effect === 'Allow' || value.Effect === 'Deny') && has(value, 'Action', 'NotAction');
}

/** Exactly one of the two is there. */
function has(statement: Fields, key: string, opposite: string): boolean {
  return (statement[key] !== undefined) !== (statement[opposite] !== undefined);
}

function malformed(message: string): never {
  return refuse('MalformedPolicyDocumentException', message);
}
