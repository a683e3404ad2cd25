// What is to be said of a trust policy that lets identities of a provider in (SAML, OpenID Connect).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
import { type Condition, denialsIn, type Policy, type Statement } from './document.ts';
import { about } from './exposure-findings.ts';
import type { Finding } from './finding.ts';
import { demandsOf } from './pinning.ts';
import { CLIENTS, isPublicProvider, isSubject } from './providers.ts';

/** Findings about the providers that a trust policy names. */
export function federationFindings(policy: Policy): Finding[] {
  const denials = denialsIn(policy);
  return policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      statement.principals
        .filter(({ kind }) => kind === 'Federated')
        .flatMap(({ name }) => providerFindings(name, statement, demandsOf(statement, denials))),
    );
}

function providerFindings(name: string, statement: Statement, demands: readonly Condition[]): Finding[] {
  if (name.includes(':saml-provider/'))
    return says(demands, 'saml:aud') || says(demands, 'saml:recipient') ? [] : [samlFinding(name, statement)];
  const issuer = issuerOf(name);
  return [
    ...(saysSubject(issuer, demands) ? [] : [subjectFinding(issuer, statement)]),
    ...(saysAudience(issuer, demands) ? [] : [audienceFinding(issuer, statement)]),
  ];
}

function samlFinding(name: string, statement: Statement): Finding {
  const message = `Sign-ins of ${name} may be meant for another application. Require SAML:aud https://signin.aws.amazon.com/saml.`;
  return about(statement, 'saml-without-audience', 'low', message);
}

/** For providers that everybody can have an identity of, that is everybody. */
function subjectFinding(issuer: string, statement: Statement): Finding {
  const isPublic = isPublicProvider(issuer);
  const who = isPublic ? `Everybody with an identity of ${issuer}` : `Every identity of ${issuer}`;
  const message = `${who} may assume the role: nothing says whose tokens are meant. Require a value of ${issuer}:sub that names the owner.`;
  return about(statement, 'oidc-without-subject', isPublic ? 'critical' : 'medium', message);
}

function audienceFinding(issuer: string, statement: Statement): Finding {
  const message = `Tokens of ${issuer} that were made for another application are taken as well. Require ${issuer}:aud.`;
  return about(statement, 'oidc-without-audience', 'low', message);
}

/** The issuer of a provider: what follows in its ARN, or the name itself. */
export function issuerOf(name: string): string {
  const at = name.indexOf(':oidc-provider/');
  return at === -1 ? name : name.slice(at + ':oidc-provider/'.length);
}

/**
 * The identity pool or the application tells whose identities they are, at providers that have one for each customer.
 * `demands`: what is asked of a token.
 */
export function saysSubject(issuer: string, demands: readonly Condition[]): boolean {
  const client = CLIENTS.get(issuer.toLowerCase());
  if (client && says(demands, client)) return true;
  const subject = `${issuer}:sub`.toLowerCase();
  return demands.some(({ key, values }) => key.toLowerCase() === subject && values.every(isSubject));
}

function saysAudience(issuer: string, demands: readonly Condition[]): boolean {
  return says(demands, CLIENTS.get(issuer.toLowerCase()) ?? `${issuer}:aud`) || says(demands, `${issuer}:aud`);
}

function says(demands: readonly Condition[], wanted: string): boolean {
  return demands.some(({ key, values }) => key.toLowerCase() === wanted.toLowerCase() && !values.includes('*'));
}
