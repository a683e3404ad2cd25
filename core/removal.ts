// What it means that a policy is taken away: mostly a narrowing, but what only denies was holding somebody back.
import type { PolicyDocument } from '../policy/document.ts';
import { onlyDenies } from '../policy/grant.ts';
import { managedGrant } from '../policy/managed.ts';
import { reference } from './documents.ts';
import { isQuarantined, QUARANTINE } from './quarantine.ts';
import type { Json } from './remediation.ts';
import type { Factor } from './risk.ts';
import type { Known } from './rule.ts';
import type { Former } from './target.ts';

/** What taking a policy away means: a narrowing, or the end of a restriction; nothing where the policy is not known. */
export function removalFactors(document: Former): Factor[] {
  if (!document) return [];
  return onlyDenies(document)
    ? [{ id: 'restriction', points: 40, because: 'it takes a restriction away: the policy only denies' }]
    : [{ id: 'narrowing', points: -15, because: 'it takes permissions away' }];
}

/** The same for a managed policy; AWS's own are known by name. */
export function removalFactorsOfManaged(arn: string, known: Known): Factor[] {
  const grant = managedGrant(arn);
  if (!grant) return removalFactors(known.document(reference.granted(arn)));
  return removalFactors({ Statement: [{ Effect: grant.level === 'none' ? 'Deny' : 'Allow' }] });
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
