// What the guardrail thinks about: one normalized fact, whatever envelope and version it arrived in.

/** A JSON object from an event. Its content is written by whoever made the call: read it only through `fields.ts`. */
export type Fields = { readonly [key: string]: unknown };

/** `iam:CreateAccessKey`: the first label of the event source, and the event name without an API date. */
export type EventName = `${string}:${string}`;

export type ActorKind =
  | 'root'
  | 'user'
  | 'role'
  | 'identity-center'
  | 'federated'
  | 'saml'
  | 'web-identity'
  | 'service'
  | 'account'
  | 'anonymous'
  | 'unknown';

/** Who really acted. `id` is the identity that the caller cannot choose; `session` and `agent` are what the caller can. */
export type Actor = {
  kind: ActorKind;
  /** Stable identity: the ARN of the user or of the role behind a session, a service name, an account id. */
  id: string;
  /** What a person reads: `alice`, `role deploy (session ci-42)`. */
  name: string;
  /** The account that the identity belongs to; undefined for services and anonymous callers. */
  account: string | undefined;
  /** `elsewhere`: an identity provider asked for it, or not; CloudTrail cannot tell. */
  mfa: 'yes' | 'no' | 'elsewhere' | 'unknown';
  /** The access key that signed the call. */
  key: string | undefined;
  /** A long-term access key (`AKIA…`), not a temporary one. */
  longTerm: boolean;
  session: { name: string; issuer: string; sourceIdentity: string | undefined } | undefined;
  /** Identity Center user id behind the call (`onBehalfOf.userId`). */
  person: string | undefined;
  /** The AWS service that made the call on the actor's behalf (`invokedBy`). */
  via: string | undefined;
};

export type Activity = {
  /** Identifies the record: `eventID`, or a digest of the record where there is none. */
  id: string;
  eventId: string | null;
  requestId: string | undefined;
  name: EventName;
  /** Of the record's format: `1.11`. Undefined where the record does not say. */
  version: string | undefined;
  kind: 'api' | 'sign-in' | 'service' | 'other';
  /** Milliseconds since the epoch, from the record. */
  time: number;
  /** The account in which it happened. */
  account: string;
  region: string;
  actor: Actor;
  /** The source address as recorded: an IP address, or the name of an AWS service. */
  source: string;
  /** Chosen by the caller. Shown, never trusted. */
  agent: string;
  /** Why the call failed; undefined when it succeeded. */
  failed: { code: string; message: string } | undefined;
  readOnly: boolean;
  request: Fields;
  response: Fields;
  /** `additionalEventData` and, for service events, `serviceEventDetails`. */
  extra: Fields;
  /** Names of the parts that are hidden, truncated or of the wrong type. Unknown is riskier than known. */
  hidden: string[];
};
