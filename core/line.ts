// What every step of the line is handed.
import type { RuleIndex } from './match.ts';
import type { Ports } from './ports.ts';
import type { Remediation } from './remediation.ts';
import type { Settings } from './settings.ts';

export type Line = {
  ports: Ports;
  settings: Settings;
  rules: RuleIndex;
  remediations: ReadonlyMap<string, Remediation>;
  /** Unlike that of any other process: leases are held in this name. */
  runner: string;
  /** False in replay: findings are shown and not kept, and nothing follows from them. What judging needs is remembered. */
  keeps: boolean;
};

/** A refusal or a success as a value, with the reason that a person reads. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; reason: string };

export const refuse = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });
