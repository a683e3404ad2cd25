// What it means that a policy is taken away: mostly a narrowing, but what only denies was holding somebody back.
import { isReadable, type PolicyDocument, parsePolicy } from '../policy/document.ts';
import { managedDocument, managedGain } from '../policy/managed.ts';
import type { Gains } from './gains.ts';
import { clauseOf } from './grants.ts';
import { isQuarantined, QUARANTINE } from './quarantine.ts';
import { reference } from './reference.ts';
import type { Json } from './remediation.ts';
import type { Factor } from './risk.ts';
import type { Known } from './rule.ts';
import type { Former } from './target.ts';

/** What taking a policy away means: a narrowing, or the end of a restriction; nothing where the policy is not known. */
export function removalFactors(document: Former, gains: Gains): Factor[] {
  if (!document) return [];
  if (gains.gains.length > 0) return liftFactors(gains);
  if (!gains.isWhole && onlyDenies(document))
    return [restriction('it takes a restriction away: the policy only denies')];
  return [{ id: 'narrowing', points: -15, because: 'it takes permissions away, and gives no new access' }];
}

/** What ends was a restriction, where something is possible now that was not. */
export function liftFactors(gains: Gains): Factor[] {
  return gains.gains.length > 0 ? [restriction(`it takes a restriction away: ${clauseOf(gains)}`)] : [];
}

function restriction(because: string): Factor {
  return { id: 'restriction', points: 40, because };
}

/** The document restricts and allows nothing: taking it away widens what its bearer may do. */
function onlyDenies(document: PolicyDocument): boolean {
  const policy = parsePolicy(document);
  return (
    isReadable(policy) && policy.statements.length > 0 && policy.statements.every((each) => each.effect === 'Deny')
  );
}

/** A managed policy as far as it is known: its document, or what its name says. */
export function contentOfManaged(arn: string, known: Known): Former {
  const document = known.document(reference.granted(arn)) ?? managedDocument(arn);
  const named = managedGain(arn);
  if (document || !named) return document;
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: named.level === 'none' ? 'Deny' : 'Allow', Action: '~:~', Resource: '*' }],
  };
}

/** The end of the guardrail's own quarantine, by whoever deletes its policy. */
export function liftsQuarantine(policy: string): Factor[] {
  return policy === QUARANTINE
    ? [{ id: 'quarantine', points: 60, because: 'it lifts a quarantine that the guardrail put there' }]
    : [];
}

/** The same by writing something else under its name; writing the quarantine itself is none. */
export function overwritesQuarantine(policy: string, written: PolicyDocument | undefined): Factor[] {
  if (policy !== QUARANTINE || (written && isQuarantined({ policy: written as Json }))) return [];
  return [{ id: 'quarantine', points: 60, because: 'it replaces a quarantine that the guardrail put there' }];
}
