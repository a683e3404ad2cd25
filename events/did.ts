// Builds CloudTrail records for examples and the sandbox: `did(alice, 'iam:CreateAccessKey', { userName: 'bob' })`.
import { createHash } from 'node:crypto';
import type { EventName, Fields } from './activity.ts';
import { recordOfReport } from './reports.ts';

/** The account of every example. */
export const ACCOUNT = '111122223333';
/** An account that belongs to somebody else. */
export const OUTSIDE = '999988887777';

/** A raw CloudTrail record, as a trail file or the `detail` of an EventBridge event holds it. */
export type CloudTrailRecord = { [key: string]: unknown };

/** What differs from an ordinary, successful call; keys are those of a CloudTrail record. */
export type Details = {
  time?: string;
  region?: string;
  source?: string;
  agent?: string;
  response?: Fields | null;
  extra?: Fields;
  error?: string;
  id?: string;
  requestId?: string;
  account?: string;
  record?: Fields;
};

/** A record of `who` doing `name` with `request`. The event id follows from the content, so examples are stable. */
export function did(
  who: Fields,
  name: EventName,
  request: Fields | null = null,
  details: Details = {},
): CloudTrailRecord {
  const [service, event] = name.split(':') as [string, string];
  const body = {
    eventVersion: '1.11',
    userIdentity: who,
    eventTime: details.time ?? '2026-11-20T03:12:45Z',
    eventSource: `${service}.amazonaws.com`,
    eventName: event,
    awsRegion: details.region ?? 'us-east-1',
    sourceIPAddress: details.source ?? '203.0.113.80',
    userAgent: details.agent ?? 'aws-cli/2.31.0',
    ...(details.error ? { errorCode: details.error, errorMessage: `${details.error} for an example` } : {}),
    requestParameters: request,
    responseElements: details.response ?? null,
    ...(details.extra ? { additionalEventData: details.extra } : {}),
    readOnly: /^(Get|List|Describe)/.test(event),
    eventType: service === 'signin' ? 'AwsConsoleSignIn' : 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: details.account ?? ACCOUNT,
    eventCategory: 'Management',
    ...details.record,
  };
  const id = stableId(JSON.stringify(body));
  return { ...body, eventID: details.id ?? id, requestID: details.requestId ?? stableId(`request of ${id}`) };
}

/** The record of what another AWS service reports: `reported('guardduty', 'GuardDuty Finding', { … })`. */
export function reported(service: string, type: string, detail: Fields): CloudTrailRecord {
  const record = recordOfReport({
    source: `aws.${service}`,
    'detail-type': type,
    account: ACCOUNT,
    region: 'us-east-1',
    time: '2026-11-20T03:12:45Z',
    detail,
  });
  if (!record) throw new Error(`${type} is no report that events/reports.ts reads`);
  return { ...record };
}

/** The account's root user. */
export const root: Fields = {
  type: 'Root',
  principalId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  accountId: ACCOUNT,
};

/** An IAM user with a long-term access key. */
export function user(name: string, account: string = ACCOUNT): Fields {
  return {
    type: 'IAMUser',
    principalId: `AIDA${tag(name)}`,
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: `AKIA${tag(`key of ${name}`)}`,
    userName: name,
  };
}

/** An IAM user signed in to the console. */
export function consoleUser(name: string, mfa: boolean): Fields {
  return { ...user(name), accessKeyId: `ASIA${tag(name)}`, sessionContext: { attributes: attributes(mfa) } };
}

/** A session of an IAM role; the session name is the caller's choice. */
export function role(name: string, session = 'session', account: string = ACCOUNT, mfa = false): Fields {
  return {
    type: 'AssumedRole',
    principalId: `AROA${tag(name)}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name.slice(name.lastIndexOf('/') + 1)}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${tag(name)}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${tag(name)}`,
        arn: `arn:aws:iam::${account}:role/${name}`,
        accountId: account,
        userName: name.slice(name.lastIndexOf('/') + 1),
      },
      attributes: attributes(mfa),
    },
  };
}

/** A session that `GetFederationToken` made with the key of an IAM user. */
export function federatedUser(name: string, by: string): Fields {
  return {
    type: 'FederatedUser',
    principalId: `${ACCOUNT}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:federated-user/${name}`,
    accountId: ACCOUNT,
    sessionContext: { sessionIssuer: { type: 'IAMUser', arn: user(by).arn, accountId: ACCOUNT } },
  };
}

/** A person signed in through IAM Identity Center with a permission set. */
export function identityCenter(person: string, permissionSet: string): Fields {
  return role(`aws-reserved/sso.amazonaws.com/AWSReservedSSO_${permissionSet}_0123456789abcdef`, person);
}

/** An AWS service acting by itself. */
export function service(name: string): Fields {
  return { type: 'AWSService', invokedBy: name };
}

function attributes(mfa: boolean): Fields {
  return { creationDate: '2026-11-20T03:00:00Z', mfaAuthenticated: String(mfa) };
}

function tag(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase();
}

function stableId(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
