// Who really acted. CloudTrail's `userIdentity` names the session; the guardrail wants the identity behind it.
// Shapes: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
import type { Activity, Actor, Fields } from './activity.ts';
import { flag, HIDDEN, inner, text } from './fields.ts';

/** The actor of a record's `userIdentity`; `extra` is its `additionalEventData`, where console sign-ins say `MFAUsed`. */
export function actorOf(identity: Fields, extra: Fields): Actor {
  const actor = { ...common(identity, extra), ...byType(identity) };
  return actor.kind === 'identity-center' || actor.kind === 'saml' || actor.kind === 'web-identity'
    ? { ...actor, mfa: 'elsewhere' }
    : actor;
}

/** The actor belongs to another account than the one in which it acted. */
export function isForeign(activity: Activity): boolean {
  return activity.actor.account !== undefined && activity.actor.account !== activity.account;
}

/** The name after the last slash of an ARN: `alice` of `arn:aws:iam::1:user/team/alice`. */
export function arnName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

type Who = Pick<Actor, 'kind' | 'id' | 'name'> & Partial<Pick<Actor, 'session' | 'account'>>;

function common(identity: Fields, extra: Fields): Omit<Actor, 'kind' | 'id' | 'name'> {
  const key = text(identity, 'accessKeyId');
  return {
    account: text(identity, 'accountId') ?? arnAccount(text(identity, 'arn')),
    mfa: mfaOf(identity, extra),
    key,
    longTerm: key?.startsWith('AKIA') ?? false,
    session: undefined,
    person: text(inner(identity, 'onBehalfOf'), 'userId'),
    via: text(identity, 'invokedBy'),
  };
}

function byType(identity: Fields): Who {
  const arn = text(identity, 'arn');
  const name = text(identity, 'userName');
  switch (text(identity, 'type')) {
    case 'Root':
      return {
        kind: 'root',
        id: arn ?? `root of ${text(identity, 'accountId') ?? 'an unknown account'}`,
        name: 'root',
      };
    case 'IAMUser':
      return user(identity, arn, name);
    case 'AssumedRole':
      return roleSession(identity, arn);
    case 'Role':
      return { kind: 'role', id: arn ?? 'unknown role', name: `role ${arnName(arn ?? 'unknown')}` };
    case 'FederatedUser':
      return federated(identity, arn);
    case 'IdentityCenterUser':
      return identityCenterUser(identity);
    case 'SAMLUser':
      return { kind: 'saml', id: text(identity, 'principalId') ?? 'unknown SAML user', name: name ?? 'a SAML user' };
    case 'WebIdentityUser':
      return {
        kind: 'web-identity',
        id: text(identity, 'principalId') ?? 'unknown web identity',
        name: name ?? 'a web identity',
      };
    case 'AWSService':
      return {
        kind: 'service',
        id: text(identity, 'invokedBy') ?? 'aws',
        name: text(identity, 'invokedBy') ?? 'an AWS service',
      };
    case 'AWSAccount':
      return awsAccount(identity);
    case undefined:
      return untyped(identity);
    default:
      return {
        kind: 'unknown',
        id: arn ?? text(identity, 'principalId') ?? 'unknown',
        name: name ?? arn ?? 'an unknown identity',
      };
  }
}

// A failed sign-in hides the name that was typed: it may have been a password.
function user(identity: Fields, arn: string | undefined, name: string | undefined): Who {
  const shown = (name === HIDDEN ? undefined : name) ?? (arn && arnName(arn));
  return {
    kind: 'user',
    id: arn ?? shown ?? text(identity, 'principalId') ?? 'unknown user',
    name: shown ?? 'an IAM user',
  };
}

// The issuer is the identity; the session name is chosen by whoever assumed the role. Only Identity Center's own
// reserved roles name their sessions after the signed-in person, so there the session is the identity.
function roleSession(identity: Fields, arn: string | undefined): Who {
  const context = inner(identity, 'sessionContext');
  const issuer = inner(context, 'sessionIssuer');
  if (text(issuer, 'type') === 'Root') return { kind: 'root', id: text(issuer, 'arn') ?? 'root', name: 'root' };
  const role = text(issuer, 'arn') ?? issuerOf(arn) ?? text(identity, 'principalId') ?? 'unknown role';
  const name = arn ? arnName(arn) : (text(identity, 'principalId')?.split(':')[1] ?? 'unknown');
  const session = { name, issuer: role, sourceIdentity: text(context, 'sourceIdentity') };
  if (isPermissionSet(role, text(issuer, 'arn') !== undefined))
    return { kind: 'identity-center', id: arn ?? role, name, session };
  const provider = text(inner(context, 'webIdFederationData'), 'federatedProvider');
  return {
    kind: provider ? 'web-identity' : 'role',
    id: role,
    name: `role ${arnName(role)} (session ${name})`,
    session,
  };
}

/** `AWSReservedSSO_*`: made by IAM Identity Center, assumed only by it, and not editable through IAM. */
export function isReservedRole(role: string): boolean {
  return RESERVED.test(role) || arnName(role).startsWith('AWSReservedSSO_');
}

// From the start: a role's path may hold colons, and so the look of another ARN.
const RESERVED = /^arn:[^:]*:iam::[^:]*:role\/aws-reserved\/sso\.amazonaws\.com\//;

// The path is Identity Center's alone; the name, which anybody may give a role, counts only where no path is shown.
function isPermissionSet(role: string, isWhole: boolean): boolean {
  return isWhole ? RESERVED.test(role) : isReservedRole(role);
}

/** `arn:aws:iam::1:role/deploy` of `arn:aws:sts::1:assumed-role/deploy/session`; the role's path is not in there. */
function issuerOf(arn: string | undefined): string | undefined {
  const [head, role] = arn?.split(':assumed-role/') ?? [];
  return head && role ? `${head.replace(':sts:', ':iam:')}:role/${role.split('/')[0]}` : undefined;
}

function federated(identity: Fields, arn: string | undefined): Who {
  const issuer = inner(inner(identity, 'sessionContext'), 'sessionIssuer');
  if (text(issuer, 'type') === 'Root') return { kind: 'root', id: text(issuer, 'arn') ?? 'root', name: 'root' };
  const id = text(issuer, 'arn') ?? arn ?? 'unknown federated user';
  const name = arn ? arnName(arn) : 'unknown';
  return {
    kind: 'federated',
    id,
    name: `federated user ${name} of ${arnName(id)}`,
    session: { name, issuer: id, sourceIdentity: undefined },
  };
}

function identityCenterUser(identity: Fields): Who {
  const person = text(inner(identity, 'onBehalfOf'), 'userId') ?? text(identity, 'principalId');
  return {
    kind: 'identity-center',
    id: person ?? 'unknown Identity Center user',
    name: text(identity, 'userName') ?? person ?? 'an Identity Center user',
  };
}

function awsAccount(identity: Fields): Who {
  const account = text(identity, 'accountId');
  if (account === 'ANONYMOUS_PRINCIPAL' || account === 'anonymous')
    return { kind: 'anonymous', id: 'anonymous', name: 'an anonymous caller', account: undefined };
  return {
    kind: 'account',
    id: account ?? text(identity, 'principalId') ?? 'unknown account',
    name: `account ${account ?? 'unknown'}`,
  };
}

function untyped(identity: Fields): Who {
  const service = text(identity, 'invokedBy');
  if (service) return { kind: 'service', id: service, name: service };
  return {
    kind: 'unknown',
    id: text(identity, 'arn') ?? text(identity, 'principalId') ?? 'unknown',
    name: 'an unknown identity',
  };
}

function mfaOf(identity: Fields, extra: Fields): Actor['mfa'] {
  const said = text(extra, 'MFAUsed');
  if (said) return said === 'Yes' ? 'yes' : 'no';
  const session = flag(inner(inner(identity, 'sessionContext'), 'attributes'), 'mfaAuthenticated');
  if (session !== undefined) return session ? 'yes' : 'no';
  return text(identity, 'accessKeyId')?.startsWith('AKIA') ? 'no' : 'unknown';
}

function arnAccount(arn: string | undefined): string | undefined {
  const account = arn?.split(':')[4];
  return account === '' ? undefined : account;
}
