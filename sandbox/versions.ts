// Versions of managed policies: at most five, one of them the default.
import type { PolicyVersion } from '@aws-sdk/client-iam';
import { encoded, permissions } from './documents.ts';
import type { Handlers } from './operations.ts';
import { page } from './page.ts';
import { editablePolicy, policyOf } from './policies.ts';
import { refuse } from './refusal.ts';
import { given, type Policy, type Version } from './state.ts';

type VersionOperations =
  | `iam:${'Create' | 'Delete' | 'Get'}PolicyVersion`
  | 'iam:ListPolicyVersions'
  | 'iam:SetDefaultPolicyVersion';

export const versions: Handlers<VersionOperations> = {
  'iam:CreatePolicyVersion'({ PolicyArn, PolicyDocument, SetAsDefault }, scene) {
    const policy = editablePolicy(scene, PolicyArn);
    const document = permissions(PolicyDocument);
    if (Object.keys(policy.versions).length >= 5)
      refuse(
        'LimitExceededException',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      );
    const id = `v${policy.next++}`;
    const version = { document, created: scene.now.toISOString() };
    policy.versions[id] = version;
    policy.updated = version.created;
    if (SetAsDefault) policy.standard = id;
    return { PolicyVersion: summary(policy, id, version) };
  },

  'iam:DeletePolicyVersion'({ PolicyArn, VersionId }, scene) {
    const policy = editablePolicy(scene, PolicyArn);
    const id = given(VersionId, 'versionId');
    versionIn(policy, id);
    if (policy.standard === id) refuse('DeleteConflictException', 'Cannot delete the default version of a policy.');
    delete policy.versions[id];
    return {};
  },

  'iam:GetPolicyVersion'({ PolicyArn, VersionId }, scene) {
    const policy = policyOf(scene, PolicyArn);
    const id = given(VersionId, 'versionId');
    const version = versionIn(policy, id);
    return { PolicyVersion: { ...summary(policy, id, version), Document: encoded(version.document) } };
  },

  'iam:ListPolicyVersions'(input, scene) {
    const policy = policyOf(scene, input.PolicyArn);
    const newestFirst = Object.entries(policy.versions).sort(([one], [other]) => numberOf(other) - numberOf(one));
    const { shown, ...rest } = page(newestFirst, input);
    return { Versions: shown.map(([id, version]) => summary(policy, id, version)), ...rest };
  },

  'iam:SetDefaultPolicyVersion'({ PolicyArn, VersionId }, scene) {
    const policy = editablePolicy(scene, PolicyArn);
    const id = given(VersionId, 'versionId');
    versionIn(policy, id);
    policy.standard = id;
    return {};
  },
};

function versionIn(policy: Policy, id: string): Version {
  return (
    policy.versions[id] ?? refuse('NoSuchEntityException', `Policy version ${id} of ${policy.name} does not exist.`)
  );
}

function summary(policy: Policy, VersionId: string, { created }: Version): PolicyVersion {
  return { VersionId, IsDefaultVersion: policy.standard === VersionId, CreateDate: new Date(created) };
}

function numberOf(version: string): number {
  return Number(version.slice(1));
}
