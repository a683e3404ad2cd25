// What a finding points at, exactly: a remediation acts on this and on nothing wider.
import type { PolicyDocument } from '../policy/document.ts';

/** A user, group or role of the account, by name. */
export type Principal = { type: 'user' | 'group' | 'role'; name: string };

/** A document as it stood before the event: known, known to have been absent (`null`), or not known (undefined). */
export type Former = PolicyDocument | null | undefined;

/** Every kind of target, with what identifies it. Documents are those of the event, so that later changes are noticed. */
export type Targets = {
  account: Record<never, never>;
  'access-key': { user: string; key: string };
  'attached-policy': { principal: Principal; policy: string };
  'inline-policy': { principal: Principal; policy: string; document: PolicyDocument | undefined; former: Former };
  policy: { policy: string };
  /** `former`: the version that was the default before, where it is known. */
  'policy-version': { policy: string; version: string; former: string | undefined };
  /** `account`: whose role it is; `known`: other accounts that may be trusted. */
  'trust-policy': {
    role: string;
    account: string;
    known: string[];
    document: PolicyDocument | undefined;
    former: Former;
  };
  membership: { user: string; group: string };
  principal: { principal: Principal };
  trail: { trail: string };
  /** Anything else that has a name: `type` is what a person calls it ("bucket", "KMS key", "Lambda function"). */
  resource: { type: string; name: string };
};

export type TargetKind = keyof Targets;
export type Target<Kind extends TargetKind = TargetKind> = { [Each in Kind]: { kind: Each } & Targets[Each] }[Kind];

/** What a person reads: `access key AKIA… of bob`. */
export function nameOfTarget(target: Target): string {
  switch (target.kind) {
    case 'account':
      return 'the account';
    case 'access-key':
      return `access key ${target.key} of ${target.user}`;
    case 'attached-policy':
      return `${target.policy} on ${nameOfPrincipal(target.principal)}`;
    case 'inline-policy':
      return `inline policy ${target.policy} of ${nameOfPrincipal(target.principal)}`;
    case 'policy':
      return `policy ${target.policy}`;
    case 'policy-version':
      return `${target.version} of ${target.policy}`;
    case 'trust-policy':
      return `trust policy of role ${target.role}`;
    case 'membership':
      return `${target.user} in group ${target.group}`;
    case 'principal':
      return nameOfPrincipal(target.principal);
    case 'trail':
      return `trail ${target.trail}`;
    case 'resource':
      return `${target.type} ${target.name}`;
  }
}

export function nameOfPrincipal(principal: Principal): string {
  return `${principal.type} ${principal.name}`;
}

/** The principals whose access a change on the target takes away; protection and budgets go by them. */
export function principalsOf(target: Target): Principal[] {
  switch (target.kind) {
    case 'access-key':
    case 'membership':
      return [{ type: 'user', name: target.user }];
    case 'attached-policy':
    case 'inline-policy':
    case 'principal':
      return [target.principal];
    case 'trust-policy':
      return [{ type: 'role', name: target.role }];
    default:
      return [];
  }
}
