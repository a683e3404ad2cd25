// A month of an organization: twenty accounts, mostly reads and deployments, and a few attacks between them. Streamed: run by
// itself it writes the records as lines, `node bench/month.ts 2000000`.
import { once } from 'node:events';
import type { EventName, Fields } from '../events/activity.ts';
import { type CloudTrailRecord, did, identityCenter, role, service, user } from '../events/did.ts';

export const ACCOUNTS = Array.from({ length: 20 }, (_, at) => String(200_000_000_001 + at));
const FROM = Date.parse('2026-10-01T00:00:00Z');
const MONTH = 31 * 86_400_000;
/** Stand in for what differs from record to record. */
const [TIME, ID, ACCOUNT, NUMBER] = ['@TIME@', '@ID@', '111122223333', '@NUMBER@'];

const own = (name: string) => ({ bucketName: `app-${NUMBER}`, ...(name ? { name } : {}) });
const narrow = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: `arn:aws:s3:::app-${NUMBER}/*` }],
});
const deploy = role('deploy', `run-${NUMBER}`);
const monitor = role('monitor', 'scan');
const person = identityCenter(`person-${NUMBER}@example.com`, 'Developer');

/** What goes on all the time: how often in a thousand, who, what. */
const ROUTINE: readonly (readonly [share: number, who: Fields, name: EventName, request: Fields | null])[] = [
  [260, monitor, 'ec2:DescribeInstances', { filterSet: {}, maxResults: 100 }],
  [
    120,
    service('lambda.amazonaws.com'),
    'sts:AssumeRole',
    { roleArn: `arn:aws:iam::${ACCOUNT}:role/app`, roleSessionName: 'app' },
  ],
  [120, role('app', 'app'), 'kms:Decrypt', { keyId: 'key' }],
  [90, monitor, 's3:GetBucketAcl', own('')],
  [80, monitor, 'iam:GetRole', { roleName: `app-${NUMBER}` }],
  [80, person, 'logs:DescribeLogGroups', { limit: 50 }],
  [60, role('app', 'app'), 'ssm:GetParameter', { name: `/app/${NUMBER}`, withDecryption: true }],
  [60, role('app', 'app'), 'secretsmanager:GetSecretValue', { secretId: 'app/database' }],
  [50, person, 'cloudformation:DescribeStacks', null],
  [40, deploy, 'lambda:UpdateFunctionCode20150331v2' as EventName, { functionName: `app-${NUMBER}` }],
  [
    10,
    deploy,
    'iam:CreateRole',
    { roleName: `app-${NUMBER}`, assumeRolePolicyDocument: trusting('lambda.amazonaws.com') },
  ],
  [10, deploy, 'iam:PutRolePolicy', { roleName: `app-${NUMBER}`, policyName: 'app', policyDocument: narrow }],
  [6, deploy, 'cloudformation:UpdateStack', { stackName: `app-${NUMBER}` }],
  [5, deploy, 'ec2:AuthorizeSecurityGroupIngress', ingress('10.0.0.0/8', 443)],
  [4, person, 'signin:ConsoleLogin', null],
  [3, deploy, 's3:PutBucketPolicy', { bucketName: `app-${NUMBER}`, bucketPolicy: JSON.parse(narrow) as Fields }],
  [2, person, 'ec2:StartInstances', { instancesSet: { items: [{ instanceId: 'i-0aaa' }] } }],
];

function trusting(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
}

function ingress(cidrIp: string, port: number): Fields {
  const range = { ipProtocol: 'tcp', fromPort: port, toPort: port, groups: {}, ipRanges: { items: [{ cidrIp }] } };
  return { groupId: 'sg-0aaa', ipPermissions: { items: [range] } };
}

/** An attack: the records of it, minutes apart, and the rule that must find it. */
export type Attack = { rule: string; records: readonly CloudTrailRecord[] };

const mallory = user('mallory');
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const by = (name: EventName, request: Fields | null, more = {}): CloudTrailRecord =>
  did(mallory, name, request, { time: TIME, id: ID, ...more });

/** One each of what attackers do, in an account of its own. */
export const ATTACKS: readonly Attack[] = [
  { rule: 'trail-stopped', records: [by('cloudtrail:StopLogging', { name: 'main' })] },
  {
    rule: 'access-key-created',
    records: [
      by(
        'iam:CreateAccessKey',
        { userName: 'bob' },
        { response: { accessKey: { accessKeyId: 'AKIAEXAMPLE000000001', userName: 'bob' } } },
      ),
    ],
  },
  { rule: 'policy-attached', records: [by('iam:AttachUserPolicy', { userName: 'mallory', policyArn: administrator })] },
  {
    rule: 'role-trust-changed',
    records: [
      by('iam:UpdateAssumeRolePolicy', {
        roleName: 'app',
        policyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' }],
        }),
      }),
    ],
  },
  {
    rule: 'secrets-read-in-bulk',
    records: Array.from({ length: 12 }, (_, at) => by('secretsmanager:GetSecretValue', { secretId: `secret-${at}` })),
  },
];

type Template = readonly string[];

/** Writes one record after the other, in the order of time; `write` gets a whole line. */
export function* month(count: number): Generator<string> {
  const routine = ROUTINE.flatMap(([share, who, name, request]) => {
    const text = JSON.stringify(
      did(who, name, request, { time: TIME, id: ID, ...(name === 'signin:ConsoleLogin' ? SIGNED_IN : {}) }),
    );
    return Array.from({ length: share }, () => templateOf(text));
  });
  const planted = new Map(plan(count));
  for (let number = 0; number < count; number += 1) {
    const template = planted.get(number) ?? routine[(number * 7919) % routine.length] ?? [];
    yield filled(template, number, count);
  }
}

const SIGNED_IN = { response: { ConsoleLogin: 'Success' }, extra: { MFAUsed: 'No' } };

/** Where in the month each record of each attack stands: its own are side by side. */
function plan(count: number): [number, Template][] {
  return ATTACKS.flatMap(({ records }, at) => {
    const start = Math.floor(((at + 1) * count) / (ATTACKS.length + 1));
    return records.map((each, step): [number, Template] => [
      start + step,
      templateOf(JSON.stringify(each).replaceAll(ACCOUNT, ACCOUNTS[at] ?? '')),
    ]);
  });
}

/** The text between the places that differ, and which of them it is: even parts are text. */
function templateOf(text: string): Template {
  return text.split(/(@TIME@|@ID@|@NUMBER@|111122223333)/);
}

function filled(template: Template, number: number, count: number): string {
  let line = '';
  for (let at = 0; at < template.length; at += 1) {
    const part = template[at] ?? '';
    line += at % 2 === 0 ? part : saidAt(part, number, count);
  }
  return line;
}

function saidAt(part: string, number: number, count: number): string {
  if (part === TIME) return new Date(FROM + Math.floor((number / count) * MONTH)).toISOString().replace(/\.\d+Z$/, 'Z');
  if (part === ID) return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  if (part === NUMBER) return String(number % 97);
  return ACCOUNTS[number % ACCOUNTS.length] ?? part;
}

if (import.meta.main) {
  let batch = '';
  for (const line of month(Number(process.argv[2] ?? 2_000_000))) {
    batch += `${line}\n`;
    if (batch.length < 1_000_000) continue;
    if (!process.stdout.write(batch)) await once(process.stdout, 'drain');
    batch = '';
  }
  process.stdout.write(batch);
}
