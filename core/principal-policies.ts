// IAM has one operation each for users, groups and roles; what a remediation means is the same for all three.
import { parseDocument } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Call, Read, ReadName, WriteName } from './operations.ts';
import type { Principal } from './target.ts';

/** Attaches a managed policy to the principal. */
export function attach({ type, name }: Principal, PolicyArn: string): Call {
  if (type === 'user') return { call: 'iam:AttachUserPolicy', input: { UserName: name, PolicyArn } };
  if (type === 'group') return { call: 'iam:AttachGroupPolicy', input: { GroupName: name, PolicyArn } };
  return { call: 'iam:AttachRolePolicy', input: { RoleName: name, PolicyArn } };
}

/** Detaches a managed policy from the principal. */
export function detach({ type, name }: Principal, PolicyArn: string): Call {
  if (type === 'user') return { call: 'iam:DetachUserPolicy', input: { UserName: name, PolicyArn } };
  if (type === 'group') return { call: 'iam:DetachGroupPolicy', input: { GroupName: name, PolicyArn } };
  return { call: 'iam:DetachRolePolicy', input: { RoleName: name, PolicyArn } };
}

/** Writes an inline policy of the principal. */
export function putInline({ type, name }: Principal, PolicyName: string, document: PolicyDocument): Call {
  const PolicyDocument = JSON.stringify(document);
  if (type === 'user') return { call: 'iam:PutUserPolicy', input: { UserName: name, PolicyName, PolicyDocument } };
  if (type === 'group') return { call: 'iam:PutGroupPolicy', input: { GroupName: name, PolicyName, PolicyDocument } };
  return { call: 'iam:PutRolePolicy', input: { RoleName: name, PolicyName, PolicyDocument } };
}

/** Deletes an inline policy of the principal. */
export function deleteInline({ type, name }: Principal, PolicyName: string): Call {
  if (type === 'user') return { call: 'iam:DeleteUserPolicy', input: { UserName: name, PolicyName } };
  if (type === 'group') return { call: 'iam:DeleteGroupPolicy', input: { GroupName: name, PolicyName } };
  return { call: 'iam:DeleteRolePolicy', input: { RoleName: name, PolicyName } };
}

/** The inline policy as it stands: its document, or undefined where there is none. */
export async function inlineDocument(
  { type, name }: Principal,
  PolicyName: string,
  read: Read,
): Promise<PolicyDocument | undefined> {
  const answer =
    type === 'user'
      ? await read('iam:GetUserPolicy', { UserName: name, PolicyName })
      : type === 'group'
        ? await read('iam:GetGroupPolicy', { GroupName: name, PolicyName })
        : await read('iam:GetRolePolicy', { RoleName: name, PolicyName });
  return answer && parseDocument(answer.PolicyDocument ?? '');
}

/** Whether the managed policy is attached; undefined where the principal does not exist. */
export async function isAttached(principal: Principal, policy: string, read: Read): Promise<boolean | undefined> {
  let marker: string | undefined;
  do {
    const page = await attachedPage(principal, marker, read);
    if (!page) return undefined;
    if (page.AttachedPolicies?.some((each) => each.PolicyArn === policy)) return true;
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker);
  return false;
}

/** Whether the principal exists. */
export async function exists({ type, name }: Principal, read: Read): Promise<boolean> {
  if (type === 'user') return (await read('iam:GetUser', { UserName: name })) !== undefined;
  if (type === 'group') return (await read('iam:GetGroup', { GroupName: name })) !== undefined;
  return (await read('iam:GetRole', { RoleName: name })) !== undefined;
}

/** The operations that the functions above use, for a remediation's `needs`. */
export const NEEDS = {
  attachment: [
    'iam:ListAttachedUserPolicies',
    'iam:ListAttachedGroupPolicies',
    'iam:ListAttachedRolePolicies',
    'iam:AttachUserPolicy',
    'iam:AttachGroupPolicy',
    'iam:AttachRolePolicy',
    'iam:DetachUserPolicy',
    'iam:DetachGroupPolicy',
    'iam:DetachRolePolicy',
  ],
  inline: [
    'iam:GetUserPolicy',
    'iam:GetGroupPolicy',
    'iam:GetRolePolicy',
    'iam:PutUserPolicy',
    'iam:PutGroupPolicy',
    'iam:PutRolePolicy',
    'iam:DeleteUserPolicy',
    'iam:DeleteGroupPolicy',
    'iam:DeleteRolePolicy',
  ],
} as const satisfies { [part: string]: (ReadName | WriteName)[] };

function attachedPage({ type, name }: Principal, marker: string | undefined, read: Read) {
  const from = marker ? { Marker: marker } : {};
  if (type === 'user') return read('iam:ListAttachedUserPolicies', { UserName: name, ...from });
  if (type === 'group') return read('iam:ListAttachedGroupPolicies', { GroupName: name, ...from });
  return read('iam:ListAttachedRolePolicies', { RoleName: name, ...from });
}
