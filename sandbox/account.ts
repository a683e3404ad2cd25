// An AWS account in memory: behind the same port as the real one, with a CloudTrail record for everything done in it.
import { randomUUID } from 'node:crypto';
import { AwsError, type Call } from '../core/operations.ts';
import type { Account, Clock } from '../core/ports.ts';
import { REMEDIATION_ROLE } from '../core/protect.ts';
import type { Fields } from '../events/activity.ts';
import { ACCOUNT, type CloudTrailRecord, role } from '../events/did.ts';
import { attached } from './attached.ts';
import { groups } from './groups.ts';
import { inline } from './inline.ts';
import { keys, noteUse } from './keys.ts';
import type { Answer, Handlers, Input, OperationName, Operations } from './operations.ts';
import { policies } from './policies.ts';
import { type Origin, recordOf, signInRecord } from './record.ts';
import { Refusal } from './refusal.ts';
import { roles } from './roles.ts';
import { copied, emptyState, type History, named, type Scene, type State } from './state.ts';
import { trails } from './trails.ts';
import { users } from './users.ts';
import { versions } from './versions.ts';

const HANDLERS: Handlers<OperationName> = {
  ...users,
  ...keys,
  ...groups,
  ...roles,
  ...inline,
  ...attached,
  ...policies,
  ...versions,
  ...trails,
};

/** Every operation of the sandbox. */
export const OPERATIONS = Object.keys(HANDLERS) as OperationName[];

/** Somebody who acts in the account. */
export type Caller = {
  /** Performs the operation and answers as the SDK does. Throws `AwsError` with the service's code. */
  call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Operations[Name][1]>;
};

export type Sandbox = {
  id: string;
  /** The guardrail's door: calls are made as a session of its remediation role. */
  account: Account;
  /** Acts as `actor`, a CloudTrail `userIdentity`. Nobody is refused: the sandbox evaluates no permissions. */
  as(actor: Fields, origin?: Origin): Caller;
  signIn(actor: Fields, how: { mfa: boolean; ok: boolean }, origin?: Origin): void;
  /** A copy of the state, as plain data: what was undone exactly leaves an equal one. */
  snapshot(): State;
  restore(snapshot: State): void;
};

export type SandboxOptions = {
  /** Twelve digits. */
  id?: string;
  /** Where trails live; IAM records itself in us-east-1. */
  region?: string;
  clock: Pick<Clock, 'now'>;
  /** Gets the record of every call, reads and failures too, before the caller gets the answer. */
  onRecord?: (record: CloudTrailRecord) => void;
};

/** An account with nothing in it but the AWS-managed policies. */
export function sandboxAccount({
  id = ACCOUNT,
  region = 'us-east-1',
  clock,
  onRecord = () => {},
}: SandboxOptions): Sandbox {
  let state = emptyState();
  let history: History = { keys: named(), trails: named() };
  const scene = (caller: Fields): Scene => ({
    account: id,
    region,
    state,
    history,
    caller,
    now: new Date(clock.now()),
  });
  const as = (actor: Fields, origin: Origin = {}): Caller => ({
    call: async (name, input) => perform(scene(actor), origin, name, input, onRecord),
  });
  return {
    id,
    account: doorOf(as(role(REMEDIATION_ROLE, 'iam-guardrail', id), { agent: 'aws-sdk-js/3 iam-guardrail' })),
    as,
    signIn: (actor, how, origin = {}) => onRecord(signInRecord(scene(actor), origin, how)),
    snapshot: () => structuredClone(state),
    restore(snapshot) {
      state = copied(snapshot);
      history = { keys: named(), trails: named() };
    },
  };
}

function perform<Name extends OperationName>(
  scene: Scene,
  origin: Origin,
  name: Name,
  input: Input<Name>,
  onRecord: (record: CloudTrailRecord) => void,
): Operations[Name][1] {
  const requestId = randomUUID();
  const outcome = attempt(scene, name, input);
  noteUse(scene, name.slice(0, name.indexOf(':')));
  onRecord(recordOf(scene, origin, { name, input, requestId, ...outcome }));
  if ('refusal' in outcome)
    throw new AwsError(name, outcome.refusal.code, outcome.refusal.message, { retryable: false });
  return { ...outcome.answer, $metadata: { requestId } } as Operations[Name][1];
}

function attempt<Name extends OperationName>(
  scene: Scene,
  name: Name,
  input: Input<Name>,
): { answer: Answer<Name> } | { refusal: Refusal } {
  if (!Object.hasOwn(HANDLERS, name)) throw new Error(`The sandbox has no operation ${name}`);
  try {
    return { answer: HANDLERS[name](input, scene) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

const MISSING = ['NoSuchEntityException', 'TrailNotFoundException'];

function doorOf({ call }: Caller): Account {
  return {
    async read(name, input) {
      try {
        return await call(name, input);
      } catch (error) {
        if (error instanceof AwsError && MISSING.includes(error.code)) return undefined;
        throw error;
      }
    },
    async write(write: Call) {
      const { $metadata } = await call(write.call, write.input);
      return { requestId: $metadata.requestId };
    },
  };
}
