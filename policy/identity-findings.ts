// What is to be said of a policy that gives an identity permissions, or (a boundary) limits them.

import type { Power, Powers } from './capabilities.ts';
import type { Policy, Statement } from './document.ts';
import type { Open } from './escalation.ts';
import { type Finding, shown } from './finding.ts';
import type { Grant } from './grants.ts';
import { isOfIam } from './paths.ts';
import { isEverything } from './reach.ts';
import { wordsFor } from './words.ts';

/** Findings about what the document gives; `isLimit`: it is a boundary, and what it says is what it leaves possible. */
export function identityFindings(policy: Policy, powers: Powers, isLimit: boolean): Finding[] {
  const given = powers.admin
    ? adminFindings(powers.admin, isLimit)
    : [...powers.paths.map(pathFinding), ...powerFindings(powers)];
  return [...given, ...policy.statements.flatMap(statementFindings)];
}

function adminFindings({ isEverything: all, grants }: NonNullable<Powers['admin']>, isLimit: boolean): Finding[] {
  const [grant] = grants;
  if (!grant) return [];
  const what = all
    ? 'every action on every resource'
    : 'every IAM action that gives permissions, and so the way to any permission';
  const verb = isLimit ? 'leaves possible' : 'allows';
  const message = `It ${verb} ${what}${underConditions(grant)}: whoever has it is an administrator. Name the actions and resources that are needed.`;
  const admin = findingOf('admin', isLimit ? 'medium' : 'critical', grant, message);
  return isLimit || hasMfa(grant.statement) ? [admin] : [admin, mfaFinding(grant)];
}

function mfaFinding(grant: Grant): Finding {
  const message =
    'Administrator rights are given without asking for MFA. Add a condition on aws:MultiFactorAuthPresent where people use them.';
  return findingOf('missing-mfa', 'info', grant, message);
}

function hasMfa({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase().startsWith('aws:multifactorauth'));
}

function underConditions({ isConditional }: Grant): string {
  return isConditional ? ', under conditions that can be met' : '';
}

function pathFinding(open: Open): Finding {
  const { path, grants } = open;
  const conditional = grants.flat().some((each) => each.isConditional);
  const statement = grants.flat().at(-1)?.statement.index ?? null;
  return {
    code: 'privilege-escalation',
    severity: severityOf(open),
    statement,
    message: `It can ${wordsFor(open)}${conditional ? ', under conditions that can be met' : ''} (${path.id}).${fixFor(open)}`,
    actions: [...path.needs],
  };
}

/** What anybody can go at once is worse than what needs a suitable target; a named one may be what the policy is for. */
function severityOf({ path, grants, needsTarget }: Open): Finding['severity'] {
  if (grants.some((each) => each.every(({ breadth }) => breadth === 'named'))) return 'low';
  return needsTarget || !isOfIam(path) ? 'medium' : 'high';
}

function fixFor({ path, needsTarget }: Open): string {
  if (path.kind === 'new-passrole' && isOfIam(path) && !needsTarget)
    return ' Name the roles that may be passed, and the service in iam:PassedToService.';
  return needsTarget ? '' : ' Name the resources, or require a permissions boundary.';
}

function powerFindings({ data, credentials, exposures }: Powers): Finding[] {
  return [
    ...powerFinding('data-access', data, 'reads the content of every data store of a kind', 'Name the resources.'),
    ...powerFinding('credential-exposure', credentials, 'returns or makes credentials', 'Name the resources.'),
    ...powerFinding(
      'resource-exposure',
      exposures,
      'changes who may reach any resource of a kind',
      'Name the resources, or leave the action out.',
    ),
  ];
}

function powerFinding(code: string, power: Power | undefined, says: string, fix: string): Finding[] {
  if (!power) return [];
  const { grant, by } = power;
  const message = `It ${says} (${shown(by)})${underConditions(grant)}. ${fix}`;
  return [{ ...findingOf(code, 'medium', grant, message), actions: by.slice(0, 10) }];
}

/** How a statement is written, whatever it gives. */
function statementFindings(statement: Statement): Finding[] {
  if (statement.effect !== 'Allow') return [];
  const about = (code: string, severity: Finding['severity'], message: string): Finding => ({
    code,
    severity,
    statement: statement.index,
    message,
    actions: statement.written.slice(0, 10),
  });
  const whole = statement.written.filter((each) => each.endsWith('*') && /^[a-z0-9-]+:\*+$/i.test(each));
  return [
    ...(whole.length > 0 && reachesAll(statement)
      ? [
          about(
            'service-wildcard',
            'low',
            `It allows everything in ${shown(whole)} on every resource. Name the actions that are needed.`,
          ),
        ]
      : []),
    ...(statement.notActions.length > 0
      ? [
          about(
            'not-action-allow',
            'medium',
            `It allows every action but ${shown(statement.written)}, those of services to come included. List what is allowed instead.`,
          ),
        ]
      : []),
    ...(statement.notResources.length > 0
      ? [
          about(
            'not-resource-allow',
            'medium',
            `It allows its actions on every resource but ${shown(statement.notResources)}. List what is allowed instead.`,
          ),
        ]
      : []),
  ];
}

function reachesAll({ resources, notResources }: Statement): boolean {
  return notResources.length > 0 || resources.length === 0 || resources.some((each) => isEverything(each));
}

function findingOf(code: string, severity: Finding['severity'], { statement }: Grant, message: string): Finding {
  return { code, severity, statement: statement.index, message, actions: statement.written.slice(0, 10) };
}
