// What a policy document makes possible, what is wrong with it, and how bad that is.
import { accessOf } from './access.ts';
import { type Capabilities, capabilitiesOf, NO_CAPABILITIES, powersOf } from './capabilities.ts';
import type { Catalogue } from './catalogue.ts';
import { type Policy, type Problem, parsePolicy } from './document.ts';
import { type Entrance, entrancesOf } from './exposure.ts';
import { exposureFindings } from './exposure-findings.ts';
import { federationFindings } from './federation-findings.ts';
import { type Assessment, assess, type Finding } from './finding.ts';
import { identityFindings } from './identity-findings.ts';
import { interestOf } from './interest.ts';
import { limitFindings } from './limit-findings.ts';
import { lintFindings } from './lint.ts';
import { type PolicyType, typeOf } from './type.ts';

export type Check = Assessment & { findings: Finding[]; capabilities: Capabilities };

/** What is known besides the document. `now`: milliseconds since the epoch, for conditions on the time. */
export type Circumstances = {
  /** Undefined: what the document says tells it. */
  type: PolicyType | undefined;
  /** Whose document it is; undefined where that is not known. */
  account: string | undefined;
  now: number;
  /** Characters without white space; 0 where nobody counted. */
  size: number;
  /** What its text had that a parsed document does not show. */
  faults?: Problem[];
  catalogue: Catalogue | undefined;
};

/** Checks a document of any shape. Never throws: what is no policy is a finding `invalid`, with the place. */
export function checkPolicy(document: unknown, around: Circumstances): Check {
  const policy = parsePolicy(document);
  if (around.faults) policy.problems.push(...around.faults);
  const type = around.type ?? typeOf(policy);
  const typed = { ...around, type };
  const { findings, capabilities } = ANALYSES[type](policy, typed);
  const all = findings.concat(lintFindings(policy, typed));
  return { ...assess(all), findings: all, capabilities };
}

type Typed = Circumstances & { type: PolicyType };
type Analysis = (policy: Policy, around: Typed) => { findings: Finding[]; capabilities: Capabilities };

const ANALYSES: { [type in PolicyType]: Analysis } = {
  identity: ofIdentity,
  boundary: ofIdentity,
  resource: ofResource,
  trust: ofResource,
  scp: ofLimit,
  rcp: ofLimit,
};

function ofIdentity(policy: Policy, { type, account, now, catalogue }: Typed): ReturnType<Analysis> {
  const powers = powersOf(
    accessOf([policy], { interest: interestOf(catalogue), place: { account: account ?? ownAccount(policy) }, now }),
  );
  const isLimit = type === 'boundary';
  const limits = isLimit ? limitFindings(policy, type) : [];
  return { findings: [...identityFindings(policy, powers, isLimit), ...limits], capabilities: capabilitiesOf(powers) };
}

function ofResource(policy: Policy, { type, account, now }: Typed): ReturnType<Analysis> {
  const isTrust = type === 'trust';
  const entrances = entrancesOf(policy, account, now);
  const federation = isTrust ? federationFindings(policy) : [];
  return {
    findings: [...exposureFindings(entrances, policy, isTrust), ...federation],
    capabilities: exposed(entrances),
  };
}

function ofLimit(policy: Policy, { type }: Typed): ReturnType<Analysis> {
  return { findings: limitFindings(policy, type), capabilities: NO_CAPABILITIES };
}

function exposed(entrances: readonly Entrance[]): Capabilities {
  const others = entrances.filter((each) => each.kind === 'account').map(({ principal }) => principal);
  return {
    ...NO_CAPABILITIES,
    public: entrances.some(({ kind }) => kind === 'public'),
    crossAccount: [...new Set(others)],
  };
}

/** The account whose users and roles the document names, where it names those of one account only. */
function ownAccount({ statements }: Policy): string | undefined {
  const named = new Set<string>();
  for (const { resources, notResources } of statements)
    for (const each of [...resources, ...notResources]) {
      const account = /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(each)?.[1];
      if (account) named.add(account);
    }
  const [only] = named;
  return named.size === 1 ? only : undefined;
}
