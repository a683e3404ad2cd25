// INVARIANT 4: the last working administrator is never taken away automatically.
import type { GetGroupCommandOutput, ListEntitiesForPolicyCommandOutput } from '@aws-sdk/client-iam';
import type { Read } from './operations.ts';
import { nameOfPrincipal, type Principal, principalsOf, type Target } from './target.ts';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * Why containing the principal would leave nobody with AdministratorAccess, or undefined. Looks at users, members
 * of groups and roles that have the AWS-managed policy attached; who is administrator by other means is not counted, so it errs to asking.
 */
export async function lastAdministrator(principal: Principal, read: Read): Promise<string | undefined> {
  const administrators = await peopleIn(await attachedTo(ADMINISTRATOR, read), read);
  const others = administrators.filter((each) => nameOfPrincipal(each) !== nameOfPrincipal(principal));
  const isOne = others.length < administrators.length;
  return isOne && others.length === 0
    ? `${nameOfPrincipal(principal)} is the last one with AdministratorAccess`
    : undefined;
}

/** Whom a change on the target reaches besides the principals that it names: who has the policy, who is in the group. */
export async function reachedBy(target: Target, read: Read): Promise<Principal[]> {
  if (target.kind === 'policy-version') return peopleIn(await attachedTo(target.policy, read), read);
  return peopleIn(principalsOf(target), read);
}

/** The users and roles among the principals, and the members of the groups: a group without members is nobody. */
async function peopleIn(principals: Principal[], read: Read): Promise<Principal[]> {
  const found = principals.map(async (each) => (each.type === 'group' ? membersOf(each.name, read) : [each]));
  return (await Promise.all(found)).flat();
}

async function membersOf(group: string, read: Read): Promise<Principal[]> {
  const found: Principal[] = [];
  let marker: string | undefined;
  do {
    const page: GetGroupCommandOutput | undefined = await read('iam:GetGroup', {
      GroupName: group,
      ...(marker ? { Marker: marker } : {}),
    });
    found.push(...(page?.Users ?? []).map((each): Principal => ({ type: 'user', name: each.UserName ?? '' })));
    marker = page?.IsTruncated ? page.Marker : undefined;
  } while (marker);
  return found;
}

async function attachedTo(policy: string, read: Read): Promise<Principal[]> {
  const found: Principal[] = [];
  let marker: string | undefined;
  do {
    const page: ListEntitiesForPolicyCommandOutput | undefined = await read('iam:ListEntitiesForPolicy', {
      PolicyArn: policy,
      ...(marker ? { Marker: marker } : {}),
    });
    found.push(...principalsIn(page));
    marker = page?.IsTruncated ? page.Marker : undefined;
  } while (marker);
  return found;
}

function principalsIn(page: ListEntitiesForPolicyCommandOutput | undefined): Principal[] {
  const users = (page?.PolicyUsers ?? []).map((each): Principal => ({ type: 'user', name: each.UserName ?? '' }));
  const groups = (page?.PolicyGroups ?? []).map((each): Principal => ({ type: 'group', name: each.GroupName ?? '' }));
  const roles = (page?.PolicyRoles ?? []).map((each): Principal => ({ type: 'role', name: each.RoleName ?? '' }));
  return [...users, ...groups, ...roles];
}
