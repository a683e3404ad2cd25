// What the policies that AWS manages grant, by their names: their documents are not in the events, and AWS extends them.
import type { Grant, Level } from './grant.ts';

/** What an AWS-managed policy grants, by its ARN; undefined for a policy of the customer. */
export function managedGrant(arn: string): Grant | undefined {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const plain = name.slice(name.lastIndexOf('/') + 1);
  const known = KNOWN.get(plain);
  return known ? { level: known[0], says: `${known[1]} (${plain})` } : byName(name, plain);
}

function byName(name: string, plain: string): Grant {
  if (plain.startsWith('AWSCompromisedKeyQuarantine'))
    return { level: 'none', says: `nothing: AWS denies with it what a leaked key is used for (${plain})` };
  if (name.startsWith('service-role/')) return { level: 'limited', says: `what a service needs (${plain})` };
  if (/ReadOnly|ViewOnly/.test(plain)) return { level: 'read', says: `read access (${plain})` };
  if (/Full_?Access|Admin|PowerUser|ReadWrite/.test(plain))
    return { level: 'broad', says: `everything in one service (${plain})` };
  return { level: 'limited', says: `the AWS-managed policy ${plain}` };
}

const RUNS = 'iam:PassRole on every role for a service that runs code';
const PASSES = 'wide access with iam:PassRole on every role';

/** Read from their documents: where the name says too little. A map, because names from events include `__proto__`. */
const KNOWN: ReadonlyMap<string, readonly [Level, string]> = new Map([
  ['AdministratorAccess', ['admin', 'every action on every resource']],
  ['IAMFullAccess', ['admin', 'every IAM action, and so the way to any permission']],
  ['AdministratorAccess-Amplify', ['escalation', PASSES]],
  ['AmazonElasticMapReduceFullAccess', ['escalation', PASSES]],
  ['AmazonDynamoDBFullAccesswithDataPipeline', ['escalation', PASSES]],
  ['AWSSSOMasterAccountAdministrator', ['escalation', 'permission sets for every account of the organization']],
  ['PowerUserAccess', ['wide', 'every action but most of IAM']],
  ['AdministratorAccess-AWSElasticBeanstalk', ['wide', RUNS]],
  ['AWSLambda_FullAccess', ['wide', RUNS]],
  ['AmazonECS_FullAccess', ['wide', RUNS]],
  ['AmazonSageMakerFullAccess', ['wide', RUNS]],
  ['AmazonEventBridgePipesFullAccess', ['broad', 'everything in one service']],
  ['AWSCodePipeline_FullAccess', ['wide', RUNS]],
  ['DataScientist', ['wide', RUNS]],
  ['AWSOrganizationsFullAccess', ['wide', 'every account and policy of the organization']],
  ['SystemAdministrator', ['broad', 'most of operations, with iam:PassRole on some roles']],
  ['SecurityAudit', ['read', 'read access']],
  ['SupportUser', ['read', 'read access and support cases']],
  ['AWSDenyAll', ['none', 'nothing: it denies everything']],
] as const);
