// What a policy hands out, at a glance: a short check of one document, until the engine compares before and after.
import { type PolicyDocument, type Statement, statementsOf } from './document.ts';

/** From most to least. `none` grants nothing (only denies); `unknown` could not be read. */
export const LEVELS = ['admin', 'escalation', 'wide', 'broad', 'unknown', 'limited', 'read', 'none'] as const;
export type Level = (typeof LEVELS)[number];

/** A level and the clause that says why: "every action on every resource". */
export type Grant = { level: Level; says: string };

export const UNKNOWN: Grant = { level: 'unknown', says: 'permissions that the guardrail could not read' };

/** The most that the document grants. */
export function grantOf(document: PolicyDocument | undefined): Grant {
  if (!document) return UNKNOWN;
  const allows = statementsOf(document).filter((each) => each.effect === 'Allow');
  return allows.map(statementGrant).sort(byLevel)[0] ?? { level: 'none', says: 'nothing: the document only denies' };
}

/** What an AWS-managed policy grants, by its ARN; undefined for a policy of the customer. */
export function managedGrant(arn: string): Grant | undefined {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const plain = name.slice(name.lastIndexOf('/') + 1);
  const known = MANAGED[plain];
  if (known) return known;
  if (/ReadOnly|ViewOnly|^SecurityAudit$/.test(plain)) return { level: 'read', says: `read access (${plain})` };
  if (/FullAccess$/.test(plain)) return { level: 'broad', says: `everything in one service (${plain})` };
  return { level: 'limited', says: `the AWS-managed policy ${plain}` };
}

const MANAGED: { [name: string]: Grant } = {
  AdministratorAccess: { level: 'admin', says: 'every action on every resource (AdministratorAccess)' },
  'AdministratorAccess-Amplify': {
    level: 'escalation',
    says: 'wide access with iam:PassRole (AdministratorAccess-Amplify)',
  },
  IAMFullAccess: { level: 'admin', says: 'every IAM action, and so the way to any permission (IAMFullAccess)' },
  PowerUserAccess: { level: 'wide', says: 'every action but most of IAM (PowerUserAccess)' },
  SystemAdministrator: { level: 'escalation', says: 'wide access with iam:PassRole (SystemAdministrator)' },
  DataScientist: { level: 'escalation', says: 'wide access with iam:PassRole (DataScientist)' },
  AWSLambda_FullAccess: { level: 'escalation', says: 'Lambda with iam:PassRole (AWSLambda_FullAccess)' },
  AWSCompromisedKeyQuarantine: { level: 'none', says: 'nothing: AWS denies with it what a leaked key is used for' },
  AWSCompromisedKeyQuarantineV2: { level: 'none', says: 'nothing: AWS denies with it what a leaked key is used for' },
  AWSCompromisedKeyQuarantineV3: { level: 'none', says: 'nothing: AWS denies with it what a leaked key is used for' },
  AWSDenyAll: { level: 'none', says: 'nothing: it denies everything' },
};

/** Actions that lead to other permissions when they may be used on any resource. */
const ESCALATION = [
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
  'sts:assumerole',
];

/** Reads of content that is itself a credential: not harmless. */
const SECRETS = ['secretsmanager:getsecretvalue', 'ssm:getparameter', 'ssm:getparameters', 'sts:getfederationtoken'];

function statementGrant(statement: Statement): Grant {
  const anywhere = isWide(statement);
  const actions = statement.actions.map((each) => each.toLowerCase());
  if (statement.notActions.length > 0) return notActionGrant(statement, anywhere);
  if (actions.some(isEverything))
    return anywhere ? EVERYTHING : { level: 'broad', says: `every action on ${shown(statement.resources)}` };
  if (actions.some((each) => /^iam:\**$/.test(each)) && anywhere)
    return { level: 'admin', says: 'every IAM action, and so the way to any permission (iam:*)' };
  const path = anywhere ? ESCALATION.find((each) => actions.some((action) => covers(action, each))) : undefined;
  if (path)
    return {
      level: 'escalation',
      says: `${statement.actions.find((each) => covers(each.toLowerCase(), path))} on every resource, a way to other permissions`,
    };
  if (actions.every(isRead)) return { level: 'read', says: 'read access' };
  const whole = anywhere ? statement.actions.find((each) => each.endsWith(':*')) : undefined;
  return whole
    ? { level: 'broad', says: `everything in one service (${whole})` }
    : { level: 'limited', says: `${shown(statement.actions)} on ${shown(statement.resources)}` };
}

const EVERYTHING: Grant = { level: 'admin', says: 'every action on every resource' };

function notActionGrant(statement: Statement, anywhere: boolean): Grant {
  const spared = statement.notActions.map((each) => each.toLowerCase());
  const keepsIam = !spared.some((each) => covers(each, 'iam:attachuserpolicy'));
  if (!anywhere)
    return { level: 'broad', says: `every action but ${shown(statement.notActions)} on ${shown(statement.resources)}` };
  return {
    level: keepsIam ? 'admin' : 'wide',
    says: `every action but ${shown(statement.notActions)} on every resource`,
  };
}

function isWide(statement: Statement): boolean {
  return (
    statement.notResources.length > 0 ||
    statement.resources.some(
      (each) => each === '*' || /^arn:aws[a-z-]*:iam::\*?\d*:\*$/.test(each) || /^arn:\*/.test(each),
    )
  );
}

function isEverything(action: string): boolean {
  return /^\*+(:\*+)?$/.test(action);
}

/** `iam:Attach*` covers `iam:attachuserpolicy`: a prefix before the first wildcard is enough for a first look. */
function covers(pattern: string, action: string): boolean {
  const star = pattern.search(/[*?]/);
  return star === -1 ? pattern === action : action.startsWith(pattern.slice(0, star));
}

function isRead(action: string): boolean {
  const [, verb = ''] = action.split(':');
  return (
    /^(get|list|describe|view|head|batchget|lookup|search|select|check|preview|simulate)/.test(verb) &&
    !SECRETS.some((each) => covers(action, each))
  );
}

function byLevel(one: Grant, other: Grant): number {
  return LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level);
}

/** "a, b and 3 more": event content is cut here and escaped where it is shown. */
function shown(values: string[]): string {
  const first = values
    .slice(0, 2)
    .map((each) => (each.length > 80 ? `${each.slice(0, 79)}…` : each))
    .join(', ');
  return values.length > 2 ? `${first} and ${values.length - 2} more` : first || 'nothing';
}
