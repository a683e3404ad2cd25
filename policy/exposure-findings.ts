// What is to be said of a policy that lets others in: of a resource, or of a role.
import { type Condition, denialsIn, type Policy, type Statement } from './document.ts';
import { accountIn, type Entrance } from './exposure.ts';
import { type Finding, shown } from './finding.ts';
import { isPinned } from './pinning.ts';
import { isReading } from './reading.ts';

/** Findings about the ways in. `isTrust`: it is the trust policy of a role. */
export function exposureFindings(entrances: readonly Entrance[], policy: Policy, isTrust: boolean): Finding[] {
  if (entrances.length === 0) return [];
  const denials = denialsIn(policy);
  return entrances.flatMap((each) => entranceFindings(each, denials, isTrust));
}

function entranceFindings(entrance: Entrance, denials: readonly Statement[], isTrust: boolean): Finding[] {
  switch (entrance.kind) {
    case 'public':
      return [
        publicFinding(entrance.statement, isTrust),
        ...entrance.weak.map((each) => weakFinding(entrance.statement, each)),
      ];
    case 'account':
      return [
        accountFinding(entrance, isTrust),
        ...(isTrust && !isPinned(entrance.statement, denials) ? [externalIdFinding(entrance)] : []),
      ];
    case 'organization':
      return [
        about(
          entrance.statement,
          'organization-access',
          'info',
          `Everybody in ${shown(entrance.organizations)} may ${use(entrance.statement, isTrust)}.`,
        ),
      ];
    case 'somewhere':
      return [somewhereFinding(entrance, isTrust)];
    case 'deputy':
      return isTrust ? [] : [deputyFinding(entrance)];
  }
}

function publicFinding(statement: Statement, isTrust: boolean): Finding {
  const who = statement.notPrincipals.length > 0 ? 'Everybody but those who are excepted' : 'Everybody';
  const message = `${who} may ${use(statement, isTrust)}, also from other AWS accounts${isTrust ? '' : ' and without one'}. Name the principals, or require aws:PrincipalOrgID.`;
  return about(statement, 'public-access', isTrust || changes(statement) ? 'critical' : 'high', message);
}

/** "read it (s3:GetObject)", "assume the role". */
function use(statement: Statement, isTrust: boolean): string {
  if (isTrust) return 'assume the role';
  const verb = changes(statement) ? 'change it' : 'read it';
  return statement.notActions.length > 0
    ? `use it for everything but ${shown(statement.written)}`
    : `${verb} (${shown(statement.written)})`;
}

function changes({ written, notActions }: Statement): boolean {
  return notActions.length > 0 || !written.every(isReading);
}

function weakFinding(statement: Statement, condition: Condition): Finding {
  const message = `The condition ${condition.operator} on ${condition.key} looks like a restriction and is none: ${whyWeak(condition)}.`;
  return about(statement, 'weak-condition', 'medium', message);
}

function whyWeak({ test, values }: Condition): string {
  if (!test) return 'AWS knows no such operator';
  if (test.ifExists) return 'IfExists holds when the key is missing';
  if (test.set === 'all') return 'ForAllValues holds when the key is missing';
  if (test.base === 'null') return 'it says only whether the key is there';
  if (test.negated) return 'it says who it is not';
  if (test.base === 'ipaddress') return `${shown(values)} is every address, or nearly`;
  return `${shown(values)} fits whoever comes`;
}

function accountFinding(
  { statement, principal }: { statement: Statement; principal: string },
  isTrust: boolean,
): Finding {
  const account = accountIn(principal);
  const who =
    account && account !== principal
      ? `${principal} of account ${account}`
      : account
        ? `account ${account}`
        : `${principal}, whose account is not known,`;
  return about(
    statement,
    'cross-account-access',
    isTrust ? 'medium' : 'low',
    `${who} may ${use(statement, isTrust)}. Make sure that the account is one that you trust.`,
  );
}

function externalIdFinding({ statement, principal }: { statement: Statement; principal: string }): Finding {
  const message = `${principal} may assume the role without an external id: whoever can make that account act for them gets in as well (a confused deputy). Require sts:ExternalId, or aws:PrincipalOrgID for an account of your own.`;
  return about(statement, 'missing-external-id', 'medium', message);
}

function somewhereFinding(
  { statement, conditions }: { statement: Statement; conditions: Condition[] },
  isTrust: boolean,
): Finding {
  const from = shown([...new Set(conditions.flatMap((each) => each.values))]);
  return about(statement, 'restricted-access', 'info', `Whoever comes with ${from} may ${use(statement, isTrust)}.`);
}

function deputyFinding({ statement, services }: { statement: Statement; services: string[] }): Finding {
  const message = `${shown(services)} may ${use(statement, false)} on behalf of any AWS customer (a confused deputy). Require aws:SourceArn or aws:SourceAccount.`;
  return about(statement, 'confused-deputy', 'low', message);
}

export function about(statement: Statement, code: string, severity: Finding['severity'], message: string): Finding {
  return { code, severity, statement: statement.index, message, actions: statement.written.slice(0, 10) };
}
