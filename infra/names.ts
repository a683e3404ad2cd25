// The names of what is deployed. Roles have exact names because the guardrail protects them by these.
import { REMEDIATION_ROLE } from '../core/protect.ts';

export const SERVICE = 'iam-guardrail';

/** The Lambda functions, by their file in `handlers/`. */
export const FUNCTIONS = ['detect', 'respond', 'sweep'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** How Node runs in the functions: what an event leaves behind dies young, and a small young generation is cleared in less than a millisecond. */
export const NODE_OPTIONS = '--max-semi-space-size=4';

/** The name of a function in AWS, and that of its role. */
export const nameOf = (name: FunctionName): string => `${SERVICE}-${name}`;

export const TABLE = SERVICE;
export const SLACK_SECRET = `${SERVICE}/slack`;

/** Logical ids in the template. */
export const ID = {
  table: 'StateTable',
  work: 'WorkQueue',
  workFailed: 'WorkFailedQueue',
  eventsFailed: 'EventsFailedQueue',
  alarms: 'AlarmTopic',
  remediation: 'RemediationRole',
} as const;

/** The logical id of a function, as osls makes it, and that of its role. */
export const functionId = (name: FunctionName): string => `${title(name)}LambdaFunction`;
export const roleId = (name: FunctionName): string => `${title(name)}Role`;

/** A value of a CloudFormation template. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export type Resource = {
  Type: string;
  Properties: { readonly [key: string]: Value };
  DeletionPolicy?: 'Retain';
  UpdateReplacePolicy?: 'Retain';
};
export type Resources = { [id: string]: Resource };

export const ref = (id: string): Value => ({ Ref: id });
export const arnOf = (id: string): Value => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** An ARN in the partition of the stack: `arn('iam', '', 'here', 'role/x')`; `here` stands for the stack's own. */
export function arn(service: string, region: 'here' | '' | '*', account: string, resource: string): Value {
  const where = region === 'here' ? pseudo('Region') : region;
  const whose = account === 'here' ? pseudo('AccountId') : account;
  return { 'Fn::Sub': ['arn', pseudo('Partition'), service, where, whose, resource].join(':') };
}

/** The remediation role of an account, or of this one (`here`). */
export const remediationRoleIn = (account: string): Value => arn('iam', '', account, `role/${REMEDIATION_ROLE}`);

function pseudo(name: string): string {
  return `\${AWS::${name}}`;
}

/** `DetectRole` of `detect`, `IamReads1` of `iam-reads-1`. */
export function title(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((each) => each.slice(0, 1).toUpperCase() + each.slice(1))
    .join('');
}
