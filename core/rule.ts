// The shape of a rule: one detection, with its meaning, its match and its examples in one literal.
import type { Activity, EventName } from '../events/activity.ts';
import type { CloudTrailRecord } from '../events/did.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Holdings } from './holdings.ts';
import type { EventPattern } from './pattern.ts';
import type { Remediation } from './remediation.ts';
import type { Factor, Severity } from './risk.ts';
import type { Former, Principal, Target } from './target.ts';

/** What a rule's match says: on what, why, and what weighs for or against. */
export type Match = {
  target: Target;
  /** A sentence without its full stop: "alice created an access key for bob". */
  because: string;
  /** Why a person should look before it is undone: the event may have changed nothing. */
  doubt?: string | undefined;
  /** What the change grants and the like; base, actor, MFA, source and the rest are added by `risk.ts`. */
  factors?: Factor[];
};

/** What a rule may know besides the event. */
export type Known = {
  /** A document that the rule asked for, as it stood before the event. */
  document(reference: string): Former;
  /** What a principal that the rule asked about had before the event; undefined where nothing is known. */
  holdings(principal: Principal): Holdings | undefined;
  /** Who had the managed policy that the rule asked about; empty where nobody is known to. */
  holders(policy: string): readonly Holdings[];
  /** The accounts of the organization, from the settings. */
  accounts: ReadonlySet<string>;
};

/** References to the practices and controls that a rule serves. */
export type Maps = {
  /** MITRE ATT&CK technique ids, `T1098.001`. */
  mitre: string[];
  /** CIS AWS Foundations Benchmark v3.0 recommendations, `4.3`. */
  cis: string[];
  /** NIST SP 800-53 revision 5 controls, `AC-2(4)`. */
  nist: string[];
  /** PCI DSS v4.0 requirements, `10.2.1.5`. */
  pci: string[];
  /** Paragraphs of the HIPAA security rule (45 CFR part 164), `164.312(b)`. */
  hipaa: string[];
  /** The practice of good AWS housekeeping, in words. */
  practice: string;
};

/**
 * A burst: the rule finds something only where `atLeast` matches, with different `distinct` values where it says so, lie
 * within `minutes` of each other. `per`: whose matches count together; the actor's in the account where it does not say.
 */
export type Count = {
  atLeast: number;
  minutes: number;
  per?(activity: Activity): string | undefined;
  distinct?(activity: Activity): string | undefined;
  /** The sentence of the finding, instead of that of a single match. */
  says(activity: Activity, count: number): string;
};

export type Rule = {
  /** Equals the file name: noun first, past tense. */
  id: string;
  title: string;
  /** For the person woken at night: what it means, and when it is normal. */
  why: string;
  /** The base severity; the finding's severity always follows from its risk. */
  severity: Severity;
  maps: Maps;
  /** The events that it looks at: names, or an EventBridge pattern over a whole event. */
  on: EventName[] | EventPattern;
  /** Documents that `detect` wants to know: references made by `documents.ts`. */
  documents?(activity: Activity): string[];
  /** Whose permissions `detect` wants to know: principals, or (by its ARN) all who have a managed policy. */
  whose?(activity: Activity): (Principal | { policy: string })[];
  /** Pure. Undefined where the event is none of the rule's business. */
  detect(activity: Activity, known: Known): Match | undefined;
  /** A match alone is nothing: so many of them are. */
  count?: Count;
  /** What undoes it, where something does. */
  remedy?: Remediation;
  /** May the remedy go without a person. */
  automatic: boolean;
  examples: { [title: string]: RuleExample };
};

/** A record, and the sentence it must find, or nothing. `documents` are the answers to what the rule asks for. */
export type RuleExample = {
  event: CloudTrailRecord;
  documents?: { [reference: string]: PolicyDocument | null };
  /** What principals had, by `nameOfPrincipal`; who had a managed policy, by its ARN. */
  holdings?: { [whose: string]: Holdings[] };
  finds?: string;
};
