// What other AWS services report, read as records of their own: a finding of GuardDuty, of Access Analyzer, of Security Hub,
// a notice of AWS Health, a verdict of Config. EventBridge brings each with a detail-type of its own.
import type { Fields } from './activity.ts';
import { at, inner, isFields, text } from './fields.ts';

/** How the `detail` of a report tells what every record tells. */
type Shape = {
  id(detail: Fields): string | undefined;
  time(detail: Fields): string | undefined;
  account(detail: Fields): string | undefined;
  /** Whom it is about, as `userIdentity` says it; undefined where it is the service alone. */
  who?(detail: Fields): Fields | undefined;
};

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
  [
    'GuardDuty Finding',
    {
      // A finding is reported again where it happens again.
      id: (detail) => joined(text(detail, 'id'), text(detail, 'updatedAt')),
      time: (detail) => text(inner(detail, 'service'), 'eventLastSeen') ?? text(detail, 'updatedAt'),
      account: (detail) => text(detail, 'accountId'),
      who: (detail) => keyOwner(inner(inner(detail, 'resource'), 'accessKeyDetails'), text(detail, 'accountId')),
    },
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
  ...['Access Analyzer Finding', 'Internal Access Finding', 'Unused Access Finding for IAM entities'].map(
    (each): [string, Shape] => [
      each,
      {
        id: (detail) => joined(text(detail, 'id'), text(detail, 'updatedAt'), text(detail, 'status')),
        time: (detail) => text(detail, 'updatedAt') ?? text(detail, 'analyzedAt'),
        account: (detail) => text(detail, 'accountId'),
      },
    ],
  ),
  // https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
  ...['AWS Health Event', 'AWS Health Abuse Event'].map((each): [string, Shape] => [
    each,
    {
      id: (detail) => joined(text(detail, 'eventArn'), text(detail, 'communicationId')),
      time: (detail) => text(detail, 'startTime'),
      account: (detail) => text(detail, 'affectedAccount'),
    },
  ]),
  // https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
  [
    'Security Hub Findings - Imported',
    {
      id: (detail) => joined(text(firstFinding(detail), 'Id'), text(firstFinding(detail), 'UpdatedAt')),
      time: (detail) => text(firstFinding(detail), 'UpdatedAt'),
      account: (detail) => text(firstFinding(detail), 'AwsAccountId'),
    },
  ],
  // https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
  [
    'Config Rules Compliance Change',
    {
      id: (detail) =>
        joined(text(detail, 'configRuleName'), text(detail, 'resourceId'), text(detail, 'notificationCreationTime')),
      time: (detail) => text(detail, 'notificationCreationTime'),
      account: (detail) => text(detail, 'awsAccountId'),
    },
  ],
]);

/** Whether an event of this detail-type is a report. */
export function isReport(detailType: string): boolean {
  return SHAPES.has(detailType);
}

/** The record of a report, in CloudTrail's shape; undefined for any other EventBridge event. */
export function recordOfReport(envelope: Fields): Fields | undefined {
  const type = text(envelope, 'detail-type') ?? '';
  const shape = SHAPES.get(type);
  if (!shape) return undefined;
  const detail = inner(envelope, 'detail');
  const source = (text(envelope, 'source') ?? '').replace(/^aws\./, '');
  return {
    eventVersion: '1.11',
    userIdentity: shape.who?.(detail) ?? { type: 'AWSService', invokedBy: `${source}.amazonaws.com` },
    eventTime: shape.time(detail) ?? text(envelope, 'time') ?? null,
    eventSource: `${source}.amazonaws.com`,
    eventName: 'Finding',
    awsRegion: text(detail, 'region') ?? text(envelope, 'region') ?? null,
    sourceIPAddress: `${source}.amazonaws.com`,
    userAgent: `${source}.amazonaws.com`,
    requestParameters: detail,
    responseElements: null,
    readOnly: false,
    eventType: type,
    recipientAccountId: shape.account(detail) ?? text(envelope, 'account') ?? null,
    eventID: shape.id(detail) ?? text(envelope, 'id') ?? null,
  };
}

/** The finding that an event of Security Hub brings; it brings one. */
export function firstFinding(detail: Fields): Fields {
  const findings = at(detail, 'findings');
  const [first] = Array.isArray(findings) ? findings : [];
  return isFields(first) ? first : {};
}

function joined(...parts: (string | undefined)[]): string | undefined {
  const said = parts.filter((each) => each !== undefined);
  return said.length > 0 ? said.join('/') : undefined;
}

/** Whose key GuardDuty has seen at work. */
function keyOwner(key: Fields, account: string | undefined): Fields | undefined {
  const name = text(key, 'userName');
  const accessKeyId = text(key, 'accessKeyId');
  const common = { accountId: account, principalId: text(key, 'principalId'), ...(accessKeyId ? { accessKeyId } : {}) };
  switch (text(key, 'userType')) {
    case 'Root':
      return { ...common, type: 'Root', arn: `arn:aws:iam::${account}:root` };
    case 'IAMUser':
      return name
        ? { ...common, type: 'IAMUser', userName: name, arn: `arn:aws:iam::${account}:user/${name}` }
        : undefined;
    case 'Role':
    case 'AssumedRole':
      return name ? assumed(common, name, account) : undefined;
    default:
      return undefined;
  }
}

function assumed(common: Fields, name: string, account: string | undefined): Fields {
  const session = (text(common, 'principalId') ?? '').split(':')[1] ?? 'unknown';
  const arn = `arn:aws:iam::${account}:role/${name}`;
  return {
    ...common,
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    sessionContext: { sessionIssuer: { type: 'Role', arn, accountId: account, userName: name } },
  };
}
