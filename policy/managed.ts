// What the policies that AWS manages grant, by their names: their documents are not in the events, and AWS extends them.
import type { PolicyDocument } from './document.ts';
import type { Gain, Level } from './gain.ts';

/** What an AWS-managed policy grants, by its ARN; undefined for a policy of the customer. */
export function managedGain(arn: string): Gain | undefined {
  const name = nameIn(arn);
  if (name === undefined) return undefined;
  const plain = name.slice(name.lastIndexOf('/') + 1);
  const known = KNOWN.get(plain);
  return known ? { level: known[0], says: `${known[1]} (${plain})` } : byName(name, plain);
}

/** The documents of AWS-managed policies that are known and will stay: for the others, AWS has to be asked. */
export function managedDocument(arn: string): PolicyDocument | undefined {
  const name = nameIn(arn);
  if (name === 'AdministratorAccess') return statement('Allow');
  if (name === 'AWSDenyAll') return statement('Deny');
  return undefined;
}

/** The name says enough: the document need not be asked for. */
export function isKnownByName(arn: string): boolean {
  const name = nameIn(arn);
  return name !== undefined && KNOWN.has(name.slice(name.lastIndexOf('/') + 1));
}

function statement(Effect: 'Allow' | 'Deny'): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect, Action: '*', Resource: '*' }] };
}

function nameIn(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
}

function byName(name: string, plain: string): Gain {
  if (plain.startsWith('AWSCompromisedKeyQuarantine'))
    return { level: 'none', says: `do nothing more: AWS denies with it what a leaked key is used for (${plain})` };
  if (name.startsWith('service-role/')) return { level: 'limited', says: `do what a service needs (${plain})` };
  if (/ReadOnly|ViewOnly/.test(plain)) return { level: 'read', says: `read (${plain})` };
  if (/Full_?Access|Admin|PowerUser|ReadWrite/.test(plain))
    return { level: 'broad', says: `do everything in one service (${plain})` };
  return { level: 'limited', says: `do what the AWS-managed policy ${plain} allows` };
}

const RUNS = 'pass any role to a service that runs code';
const PASSES = 'do much, and pass any role to any service';

/** Read from their documents: where the name says too little. A map, because names from events include `__proto__`. */
const KNOWN: ReadonlyMap<string, readonly [Level, string]> = new Map([
  ['AdministratorAccess', ['admin', 'do everything on every resource']],
  ['IAMFullAccess', ['admin', 'use all of IAM, and so give itself any permission']],
  ['AdministratorAccess-Amplify', ['escalation', PASSES]],
  ['AmazonElasticMapReduceFullAccess', ['escalation', PASSES]],
  ['AmazonDynamoDBFullAccesswithDataPipeline', ['escalation', PASSES]],
  ['AWSSSOMasterAccountAdministrator', ['escalation', 'write permission sets for every account of the organization']],
  ['PowerUserAccess', ['wide', 'do everything but most of IAM']],
  ['AdministratorAccess-AWSElasticBeanstalk', ['wide', RUNS]],
  ['AWSLambda_FullAccess', ['wide', RUNS]],
  ['AmazonECS_FullAccess', ['wide', RUNS]],
  ['AmazonSageMakerFullAccess', ['wide', RUNS]],
  ['AmazonEventBridgePipesFullAccess', ['broad', 'do everything in one service']],
  ['AWSCodePipeline_FullAccess', ['wide', RUNS]],
  ['DataScientist', ['wide', RUNS]],
  ['AWSOrganizationsFullAccess', ['wide', 'change every account and policy of the organization']],
  ['SystemAdministrator', ['broad', 'do most of operations, and pass some roles']],
  ['SecurityAudit', ['read', 'read']],
  ['SupportUser', ['read', 'read, and handle support cases']],
  ['AWSDenyAll', ['none', 'do nothing any more: it denies everything']],
] as const);
