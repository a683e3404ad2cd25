// The ways to other permissions in words: "pass any role to Lambda and so become any role that Lambda may take".

import type { Open } from './escalation.ts';
import { shown } from './finding.ts';
import type { Grant } from './grants.ts';

/** What the open path comes to, after "can". */
export function wordsFor({ path, grants, needsTarget }: Open): string {
  if (path.kind === 'new-passrole' && path.needs[0] === 'iam:PassRole') return passing(path.says, grants[0] ?? []);
  const named = grants
    .flat()
    .filter((each) => each.breadth === 'named')
    .map(({ pattern }) => pattern.written);
  const isNamed = needsTarget && grants.some((each) => each.every(({ breadth }) => breadth === 'named'));
  return isNamed ? `${path.says}, limited to ${shown([...new Set(named)])}` : path.says;
}

function passing(service: string, roles: Grant[]): string {
  if (roles.some((each) => each.breadth === 'all'))
    return `pass any role to ${service} and so become any role that ${service} may take`;
  const named = shown([...new Set(roles.map(({ pattern }) => pattern.written))]);
  return `pass ${named} to ${service} and so act as it`;
}
