// The customer's managed policies, and who has them.
import type { Policy as PolicyDetail } from '@aws-sdk/client-iam';
import { permissions } from './documents.ts';
import { MANAGED } from './managed.ts';
import type { Answer, Handlers, Input } from './operations.ts';
import { refuse } from './refusal.ts';
import {
  arnOf,
  given,
  type Holder,
  type Named,
  named,
  type Policy,
  type Scene,
  sorted,
  uniqueId,
  type Version,
} from './state.ts';

export const policies: Handlers<'iam:CreatePolicy' | 'iam:GetPolicy' | 'iam:ListEntitiesForPolicy'> = {
  'iam:CreatePolicy'(input, scene) {
    const name = given(input.PolicyName, 'policyName');
    const arn = arnOf(scene, 'policy', input.Path ?? '/', name);
    if (scene.state.policies[arn])
      refuse(
        'EntityAlreadyExistsException',
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
      );
    const policy = newPolicy(scene, name, input);
    scene.state.policies[arn] = policy;
    return { Policy: detail(scene, arn, policy) };
  },

  'iam:GetPolicy'({ PolicyArn }, scene) {
    const arn = given(PolicyArn, 'policyArn');
    const policy = policyOf(scene, arn);
    const description = policy.description === null ? {} : { Description: policy.description };
    return { Policy: { ...detail(scene, arn, policy), ...description, Tags: [] } };
  },

  'iam:ListEntitiesForPolicy'(input, scene) {
    policyOf(scene, input.PolicyArn);
    return entitiesWith(scene, input);
  },
};

/** The policy, the customer's or AWS's; undefined where there is none. */
export function findPolicy(scene: Scene, arn: string): Policy | undefined {
  return scene.state.policies[arn] ?? MANAGED[arn];
}

export function policyOf(scene: Scene, arn: string | undefined): Policy {
  const wanted = given(arn, 'policyArn');
  return findPolicy(scene, wanted) ?? refuse('NoSuchEntityException', `Policy ${wanted} was not found.`);
}

/** The policy for a change. AWS's own belong to AWS. */
export function editablePolicy(scene: Scene, arn: string | undefined): Policy {
  const policy = policyOf(scene, arn);
  const message = `Policy ${arn} belongs to AWS and cannot be changed.`;
  return scene.state.policies[given(arn, 'policyArn')] === policy ? policy : refuse('AccessDenied', message);
}

function newPolicy(scene: Scene, name: string, input: Input<'iam:CreatePolicy'>): Policy {
  const created = scene.now.toISOString();
  const versions = named<Version>();
  versions.v1 = { document: permissions(input.PolicyDocument), created };
  const description = input.Description ?? null;
  return {
    name,
    path: input.Path ?? '/',
    id: uniqueId('ANPA'),
    description,
    created,
    updated: created,
    versions,
    standard: 'v1',
    next: 2,
  };
}

function detail(scene: Scene, arn: string, policy: Policy): PolicyDetail {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    DefaultVersionId: policy.standard,
    AttachmentCount: attachments(scene, arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
  };
}

function attachments({ state }: Scene, arn: string): number {
  const holders: Holder[] = [state.users, state.groups, state.roles].flatMap((each) => Object.values<Holder>(each));
  return holders.filter((each) => each.attached[arn]).length;
}

type Entities = Answer<'iam:ListEntitiesForPolicy'>;

/** Users, groups and roles with the policy; `EntityFilter` asks for one kind of them. */
function entitiesWith(
  scene: Scene,
  { PolicyArn = '', EntityFilter, PathPrefix }: Input<'iam:ListEntitiesForPolicy'>,
): Entities {
  const of = <Kind extends Holder>(kind: string, holders: Named<Kind>) =>
    EntityFilter === undefined || EntityFilter === kind ? withPolicy(holders, PolicyArn, PathPrefix) : [];
  return {
    PolicyGroups: of('Group', scene.state.groups).map(([GroupName, { id }]) => ({ GroupName, GroupId: id })),
    PolicyUsers: of('User', scene.state.users).map(([UserName, { id }]) => ({ UserName, UserId: id })),
    PolicyRoles: of('Role', scene.state.roles).map(([RoleName, { id }]) => ({ RoleName, RoleId: id })),
    IsTruncated: false,
  };
}

function withPolicy<Kind extends Holder>(holders: Named<Kind>, arn: string, path = '/'): [string, Kind][] {
  return sorted(holders).filter(([, each]) => each.attached[arn] && each.path.startsWith(path));
}
