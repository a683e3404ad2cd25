// How far an action and a resource pattern reach: which actions lead to other permissions, and which patterns stand for
// everything of a kind.
import type { Statement } from './document.ts';
import { fits } from './wildcard.ts';

/** Actions that lead to other permissions when they may be used on any resource. */
export const WAYS = [
  'iam:passrole',
  'iam:createaccesskey',
  'iam:createloginprofile',
  'iam:updateloginprofile',
  'iam:attachuserpolicy',
  'iam:attachrolepolicy',
  'iam:attachgrouppolicy',
  'iam:putuserpolicy',
  'iam:putrolepolicy',
  'iam:putgrouppolicy',
  'iam:createpolicyversion',
  'iam:setdefaultpolicyversion',
  'iam:updateassumerolepolicy',
  'iam:addusertogroup',
  'iam:deleteuserpermissionsboundary',
  'iam:deleterolepermissionsboundary',
];

/** Actions that write what a user, role or policy may do: one resource is enough where it is one's own. */
export const REWRITES = WAYS.filter((each) => /^iam:(attach|put|createpolicyversion|updateassume)/.test(each));

/** Services that run what the caller gives them with the role that the caller passes. */
export const RUNS_CODE: ReadonlySet<string> = new Set([
  'apprunner',
  'batch',
  'bedrock-agentcore',
  'build',
  'cloudformation',
  'codebuild',
  'codepipeline',
  'datapipeline',
  'ec2',
  'ecs',
  'ecs-tasks',
  'elasticbeanstalk',
  'elasticmapreduce',
  'glue',
  'lambda',
  'sagemaker',
  'ssm',
  'states',
  'tasks',
]);

/** Reads of content that is itself a credential: not harmless. */
const SECRETS = [
  'secretsmanager:getsecretvalue',
  'secretsmanager:batchgetsecretvalue',
  'ssm:getparameter',
  'ssm:getparameters',
  'ssm:getparametersbypath',
  'sts:getfederationtoken',
  'redshift:getclustercredentials',
  'ec2:getpassworddata',
];

const READING = ['get', 'list', 'describe', 'view', 'head', 'batchget', 'lookup', 'search', 'select', 'check'];

/** Principals and policies with a name that nobody would put into a pattern: what fits them fits any. */
const ANYBODY = ['role', 'user', 'group', 'policy'].map((each) => `arn:aws:iam::000000000000:${each}/~ any name ~`);

/** The statement applies to users, roles, groups or policies at large. No resources at all count as all of them. */
export function reachesPrincipals({ resources, notResources }: Statement): boolean {
  return resources.length === 0 || notResources.length > 0 || resources.some(fitsAnybody);
}

/** The statement applies to everything of some kind, and not to named things only. */
export function onEverything({ resources, notResources }: Statement): boolean {
  return resources.length === 0 || notResources.length > 0 || resources.some(isAllOfAKind);
}

/** The action reads, or covers the reading of, what is itself a credential. */
export function opensSecrets(action: string): boolean {
  return SECRETS.some((each) => fits(action.toLowerCase(), each));
}

export function isEverything(action: string): boolean {
  return /^\*+(:\*+)?$/.test(action);
}

/** The action only reads, and not what opens something else. */
export function isRead(action: string): boolean {
  const lower = action.toLowerCase();
  const verb = lower.slice(lower.indexOf(':') + 1);
  return READING.some((each) => verb.startsWith(each)) && !opensSecrets(action);
}

function fitsAnybody(resource: string): boolean {
  const anywhere = resource.replace(/^arn:aws[a-z-]*:iam::[\d*]*:/, 'arn:aws:iam::000000000000:');
  return ANYBODY.some((each) => fits(anywhere, each));
}

/** `*`, `arn:aws:s3:::*`, `arn:aws:dynamodb:*:*:table/*`; in S3 what comes before the slash is a bucket and not a kind. */
function isAllOfAKind(resource: string): boolean {
  const [, , service, , , ...rest] = resource.split(':');
  const part = rest.join(':');
  const what = service === 's3' ? part : part.replace(/^[a-z-]+[/:]/, '');
  return /^[*?]*\*$/.test(resource) || /^[*?]*\*(\/\*+)?$/.test(what);
}
