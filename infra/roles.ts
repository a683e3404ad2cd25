// One role for each function, with exactly what it calls, and the role that changes are carried out with.
import { REMEDIATION_ROLE } from '../core/protect.ts';
import type { Settings } from '../core/settings.ts';
import { arnOf, FUNCTIONS, ID, nameOf, type Resource, type Resources, roleId, type Value } from './names.ts';
import { remediationStatements, type Statement, statementsFor } from './statements.ts';

/** The roles of the functions and the remediation role, which only `respond` can assume. */
export function roles(settings: Settings): Resources {
  const lambda: Value = { Service: 'lambda.amazonaws.com' };
  const own = FUNCTIONS.map(
    (each) => [roleId(each), role(nameOf(each), lambda, statementsFor(each, settings))] as const,
  );
  const respond: Value = { AWS: arnOf(roleId('respond')) };
  return {
    ...Object.fromEntries(own),
    [ID.remediation]: role(REMEDIATION_ROLE, respond, remediationStatements()),
  };
}

function role(name: string, trusted: Value, statements: Statement[]): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      AssumeRolePolicyDocument: document([{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }]),
      Policies: [{ PolicyName: name, PolicyDocument: document(statements.map(rendered)) }],
    },
  };
}

function document(statements: Value[]): Value {
  return { Version: '2012-10-17', Statement: statements };
}

function rendered({ sid, actions, resources }: Statement): Value {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}
