// What a deployment decides for itself. `adapters/settings.ts` reads and checks `guardrail.yml`; here are shape and defaults.
import type { Severity } from './risk.ts';

/** The most that may be done without a person. */
export const MODES = ['observe', 'ask', 'auto'] as const;
export type Mode = (typeof MODES)[number];

export const TIERS = ['critical', 'standard', 'sandbox'] as const;
export type Tier = (typeof TIERS)[number];

export type AccountSettings = {
  name?: string | undefined;
  tier?: Tier | undefined;
  mode?: Mode | undefined;
  management?: boolean | undefined;
};
export type Responder = { name: string; slack?: string | undefined; email?: string | undefined; principals: string[] };
export type RuleSettings = { mode?: Mode | undefined; severity?: Severity | undefined; enabled?: boolean | undefined };
/** `until` is the last day on which it holds, `2027-01-31`, in UTC. */
export type Exemption = { principal: string; rules: string[]; until: string; reason: string };

export type Settings = {
  mode: Mode;
  /** Risk from which a finding is alerted, asked about, remediated; 101 means never. */
  thresholds: { alert: number; approve: number; remediate: number };
  accounts: { [id: string]: AccountSettings };
  /** Infrastructure-as-code and CI, by role ARN; `*` and `?` allowed. */
  automation: string[];
  /** Known source addresses in CIDR notation. */
  networks: string[];
  /** Principals that are never changed without a person, by ARN; `*` and `?` allowed. */
  protected: string[];
  responders: Responder[];
  rules: { [id: string]: RuleSettings };
  exemptions: Exemption[];
  slack: { channel?: string | undefined };
};

export const DEFAULTS: Settings = {
  mode: 'observe',
  thresholds: { alert: 40, approve: 60, remediate: 80 },
  accounts: {},
  automation: [],
  networks: [],
  protected: [],
  responders: [],
  rules: {},
  exemptions: [],
  slack: {},
};

/** The mode for a rule, in an account or in any: the most cautious of what the settings say. */
export function modeFor(settings: Settings, rule: string, account = ''): Mode {
  const said = [settings.mode, settings.accounts[account]?.mode, settings.rules[rule]?.mode].filter(
    (each) => each !== undefined,
  );
  return MODES[Math.min(...said.map((each) => MODES.indexOf(each)))] ?? 'observe';
}
