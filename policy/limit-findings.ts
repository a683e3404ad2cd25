// What is to be said of a policy that only limits: a boundary, or a policy of the organization.
import type { Policy, Statement } from './document.ts';
import type { Finding } from './finding.ts';
import type { PolicyType } from './type.ts';

const WHAT: { [type in PolicyType]?: string } = {
  scp: 'Accounts behind it may do everything that their own policies allow',
  rcp: 'Resources behind it are open to whomever their own policies allow',
  boundary: 'Whoever is behind it may do everything that other policies allow',
};

/** Findings about a limit that limits nothing, or lets nothing through. */
export function limitFindings({ statements }: Policy, type: PolicyType): Finding[] {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const denies = statements.length - allows.length;
  if (allows.length === 0 && type !== 'rcp')
    return [
      finding(
        'allows-nothing',
        'info',
        'It allows nothing by itself: where nothing else at its level allows, everything is denied.',
      ),
    ];
  if (denies === 0 && allows.some(isEverything))
    return [finding('limits-nothing', 'info', `It limits nothing. ${WHAT[type]}.`)];
  return [];
}

function isEverything({ actions, resources, conditions }: Statement): boolean {
  return (
    conditions.length === 0 &&
    actions.some((each) => /^\*+(:\*+)?$/.test(each)) &&
    (resources.length === 0 || resources.includes('*'))
  );
}

function finding(code: string, severity: Finding['severity'], message: string): Finding {
  return { code, severity, statement: null, message, actions: [] };
}
