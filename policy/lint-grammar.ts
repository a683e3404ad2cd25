// What a document of its type may say at all. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import type { Policy, Problem, Statement } from './document.ts';
import { isNobody } from './exposure.ts';
import { about } from './exposure-findings.ts';
import { type Finding, shown } from './finding.ts';
import { LARGEST, type PolicyType } from './type.ts';
import { hasVariable } from './variables.ts';
import { isPlain } from './wildcard.ts';

/** Findings about size, version, and what stands where it may not or is missing. */
export function grammarFindings(policy: Policy, type: PolicyType, size: number): Finding[] {
  const found = policy.problems.map(invalidFinding);
  found.push(...sizeFinding(type, size), ...versionFindings(policy), ...sidFindings(policy.statements, type));
  for (const each of policy.statements)
    found.push(...actionFindings(each, type), ...resourceFindings(each, type), ...principalFindings(each, type));
  return found;
}

function invalidFinding({ place, statement, message }: Problem): Finding {
  const where = place === '' ? 'The document' : place;
  return {
    code: 'invalid',
    severity: 'medium',
    statement,
    message: `${where}: ${message}. AWS refuses such a document, so what it gives is not certain.`,
    actions: [],
  };
}

function refused({ index }: Statement, part: string, message: string): Finding {
  return invalidFinding({ place: `Statement[${index}].${part}`, statement: index, message });
}

function sizeFinding(type: PolicyType, size: number): Finding[] {
  if (size <= LARGEST[type]) return [];
  const message = `The document has ${size} characters and AWS takes ${LARGEST[type]}. Split it, or say the same with wildcards.`;
  return [{ code: 'too-large', severity: 'low', statement: null, message, actions: [] }];
}

function versionFindings({ version, statements }: Policy): Finding[] {
  if (version === '2012-10-17' || statements.length === 0) return [];
  const old: Finding = {
    code: 'old-version',
    severity: 'info',
    statement: null,
    message: 'The document does not say "Version": "2012-10-17", and so is read by the rules of 2008.',
    actions: [],
  };
  const message = `Variables such as \${aws:username} are plain text in this version. Write "Version": "2012-10-17".`;
  return [
    old,
    ...statements.filter(usesVariables).map((each) => about(each, 'variable-in-old-version', 'low', message)),
  ];
}

function usesVariables({ resources, notResources, conditions }: Statement): boolean {
  return [...resources, ...notResources, ...conditions.flatMap(({ values }) => values)].some(hasVariable);
}

/** IAM takes letters and digits, and each name once; resources are less strict. */
function sidFindings(statements: readonly Statement[], type: PolicyType): Finding[] {
  if (type === 'resource') return [];
  const seen = new Set<string>();
  return statements.flatMap((each) => {
    const { sid } = each;
    if (!sid) return [];
    if (/[^A-Za-z0-9]/.test(sid)) return [refused(each, 'Sid', 'a Sid has letters and digits only')];
    if (seen.has(sid)) return [refused(each, 'Sid', `another statement is called ${shown([sid])} already`)];
    seen.add(sid);
    return [];
  });
}

/** A trust policy is about assuming its role, and nothing else; one for resources is a denial but for AWS's own. */
function actionFindings(statement: Statement, type: PolicyType): Finding[] {
  if (type === 'trust') {
    const others = statement.written.filter((each) => isPlain(each) && !ASSUMING.test(each));
    if (others.length === 0) return [];
    return [refused(statement, 'Action', `a trust policy is about assuming its role, and not about ${shown(others)}`)];
  }
  if (type !== 'rcp' || statement.effect === 'Deny' || isFullAccess(statement)) return [];
  return [refused(statement, 'Effect', 'a resource control policy only denies, but for the one that AWS attaches')];
}

const ASSUMING = /^sts:(assumerole\w*|tagsession|setsourceidentity|setcontext)$/i;

function isFullAccess({ actions, resources, conditions }: Statement): boolean {
  return actions.includes('*') && resources.includes('*') && conditions.length === 0;
}

function resourceFindings(statement: Statement, type: PolicyType): Finding[] {
  const named = [...statement.resources, ...statement.notResources];
  if (type === 'trust')
    return named.length > 0
      ? [refused(statement, 'Resource', 'a trust policy names no resource: it is about its role')]
      : [];
  if (type === 'resource') return [];
  if (named.length === 0) return [refused(statement, 'Resource', 'the statement names no resource')];
  const others = named.filter((each) => !/^(arn:|[*?]|\$\{)/.test(each));
  return others.length > 0 ? [refused(statement, 'Resource', `${shown(others)} is neither an ARN nor *`)] : [];
}

/** Who is meant: said where it must be, and not where it cannot be. */
function principalFindings(statement: Statement, type: PolicyType): Finding[] {
  const isSilent = statement.principals.length === 0 && statement.notPrincipals.length === 0;
  if (type === 'resource' || type === 'trust') return isSilent ? [missing(statement)] : namedFindings(statement);
  if (type === 'rcp') return isAboutEverybody(statement) ? [] : [everybodyFinding(statement)];
  if (isSilent) return [];
  const message = 'A policy of this type names no principals: it is about whoever has it. Leave Principal out.';
  return [about(statement, 'principal-not-allowed', 'low', message)];
}

function isAboutEverybody({ principals, notPrincipals }: Statement): boolean {
  return notPrincipals.length === 0 && principals.some(({ kind }) => kind === '*');
}

function everybodyFinding(statement: Statement): Finding {
  return refused(
    statement,
    'Principal',
    'a resource control policy says "Principal": "*", and narrows it by conditions',
  );
}

function missing(statement: Statement): Finding {
  return about(
    statement,
    'missing-principal',
    'low',
    'The statement names no principal, and so has no effect. Say whom it is about.',
  );
}

function namedFindings(statement: Statement): Finding[] {
  const named = [...statement.principals, ...statement.notPrincipals];
  const open = named.filter(({ kind, name }) => kind === 'AWS' && !isPlain(name)).map(({ name }) => name);
  const nobody = named.filter(({ kind, name }) => kind === 'AWS' && isNobody(name)).map(({ name }) => name);
  const isReversed = statement.notPrincipals.length > 0 && statement.effect === 'Allow';
  return [
    ...(nobody.length > 0
      ? [refused(statement, 'Principal', `${shown(nobody)} is no principal: name users, roles or accounts`)]
      : []),
    ...(open.length > 0
      ? [
          about(
            statement,
            'principal-wildcard',
            'low',
            `${shown(open)} is no pattern: in a principal, wildcards do not stand for anything. Use * with a condition on aws:PrincipalArn.`,
          ),
        ]
      : []),
    ...(isReversed
      ? [
          about(
            statement,
            'not-principal-allow',
            'high',
            'Allow with NotPrincipal lets everybody in who is not named, also without an AWS account. Name those who are meant in Principal.',
          ),
        ]
      : []),
  ];
}
