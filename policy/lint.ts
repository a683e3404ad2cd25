// What is wrong with how a document is written, whatever it gives: what AWS refuses, what has no effect, and what means
// something else than it seems to.
import type { Catalogue } from './catalogue.ts';
import type { Policy } from './document.ts';
import type { Finding } from './finding.ts';
import { actionFindings } from './lint-actions.ts';
import { conditionFindings } from './lint-conditions.ts';
import { grammarFindings } from './lint-grammar.ts';
import { overlapFindings } from './lint-overlap.ts';
import type { PolicyType } from './type.ts';

/** What the documents is held against. `size`: its characters without white space, where they are known, else 0. */
export type Standard = { type: PolicyType; size: number; now: number; catalogue: Catalogue | undefined };

/** Findings about the writing. */
export function lintFindings(policy: Policy, { type, size, now, catalogue }: Standard): Finding[] {
  const found = grammarFindings(policy, type, size);
  for (const each of policy.statements)
    found.push(...conditionFindings(each, policy.variables, now, catalogue), ...actionFindings(each, catalogue));
  return found.concat(overlapFindings(policy.statements));
}
