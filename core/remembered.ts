// What successful calls leave behind that later events are judged by.
import type { Activity, Fields } from '../events/activity.ts';
import { document, flag, inner, isFields, text } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { reference } from './reference.ts';
import type { Principal } from './target.ts';

/** A document and where it belongs; `null` where it ceased to be. */
export type Remembered = { reference: string; document: PolicyDocument | null };

const LONGEST = 25_000;

/** The documents that a successful call leaves behind. */
export function documentsIn(activity: Activity): Remembered[] {
  if (activity.failed) return [];
  const reader = READERS[activity.name];
  return reader ? reader(activity).filter((each) => JSON.stringify(each.document).length <= LONGEST) : [];
}

type Reader = (activity: Activity) => Remembered[];

const READERS: { [name: string]: Reader } = {
  'iam:AttachUserPolicy': ({ request }) => attachment('user', request, true),
  'iam:AttachGroupPolicy': ({ request }) => attachment('group', request, true),
  'iam:AttachRolePolicy': ({ request }) => attachment('role', request, true),
  'iam:DetachUserPolicy': ({ request }) => attachment('user', request, false),
  'iam:DetachGroupPolicy': ({ request }) => attachment('group', request, false),
  'iam:DetachRolePolicy': ({ request }) => attachment('role', request, false),
  'iam:AddUserToGroup': ({ request }) => membership(request, true),
  'iam:RemoveUserFromGroup': ({ request }) => membership(request, false),
  'iam:PutUserPermissionsBoundary': ({ request }) => boundary('user', request, text(request, 'permissionsBoundary')),
  'iam:PutRolePermissionsBoundary': ({ request }) => boundary('role', request, text(request, 'permissionsBoundary')),
  'iam:DeleteUserPermissionsBoundary': ({ request }) => boundary('user', request, undefined),
  'iam:DeleteRolePermissionsBoundary': ({ request }) => boundary('role', request, undefined),
  'iam:CreateUser': ({ request }) => birth('user', request),
  'iam:CreateGroup': ({ request }) => birth('group', request),
  'iam:CreateAccessKey': ({ response }) => key(text(inner(response, 'accessKey'), 'accessKeyId'), 'Active'),
  'iam:UpdateAccessKey': ({ request }) => key(text(request, 'accessKeyId'), text(request, 'status')),
  'iam:CreateRole': ({ request }) => [
    ...trust(request, document(request, 'assumeRolePolicyDocument')),
    ...birth('role', request),
  ],
  'iam:UpdateAssumeRolePolicy': ({ request }) => trust(request, document(request, 'policyDocument')),
  'iam:DeleteRole': ({ request }) => trust(request, null),
  'iam:PutUserPolicy': ({ request }) => inline('user', request, document(request, 'policyDocument')),
  'iam:PutGroupPolicy': ({ request }) => inline('group', request, document(request, 'policyDocument')),
  'iam:PutRolePolicy': ({ request }) => inline('role', request, document(request, 'policyDocument')),
  'iam:DeleteUserPolicy': ({ request }) => inline('user', request, null),
  'iam:DeleteGroupPolicy': ({ request }) => inline('group', request, null),
  'iam:DeleteRolePolicy': ({ request }) => inline('role', request, null),
  'iam:CreatePolicy': ({ request, response }) =>
    version(text(inner(response, 'policy'), 'arn'), 'v1', document(request, 'policyDocument'), true),
  'iam:CreatePolicyVersion': ({ request, response }) =>
    version(
      text(request, 'policyArn'),
      versionIn(response),
      document(request, 'policyDocument'),
      flag(request, 'setAsDefault') === true,
    ),
  'iam:SetDefaultPolicyVersion': ({ request }) => standard(text(request, 'policyArn'), text(request, 'versionId')),
};

function trust(request: Fields, doc: Fields | undefined | null): Remembered[] {
  const role = text(request, 'roleName');
  return role && doc !== undefined ? [{ reference: reference.trust(role), document: doc }] : [];
}

function inline(type: Principal['type'], request: Fields, doc: Fields | undefined | null): Remembered[] {
  const name = text(request, `${type}Name`);
  const policy = text(request, 'policyName');
  return name && policy && doc !== undefined
    ? [{ reference: reference.inline({ type, name }, policy), document: doc }]
    : [];
}

function version(
  arn: string | undefined,
  id: string | undefined,
  doc: Fields | undefined,
  isDefault: boolean,
): Remembered[] {
  if (!arn || !id || !isFields(doc)) return [];
  const own = [{ reference: reference.version(arn, id), document: doc }];
  return isDefault ? [...own, ...standard(arn, id)] : own;
}

function attachment(type: Principal['type'], request: Fields, attached: boolean): Remembered[] {
  const name = text(request, `${type}Name`);
  const arn = text(request, 'policyArn');
  return name && arn ? [{ reference: reference.attached({ type, name }, arn), document: { attached } }] : [];
}

function membership(request: Fields, member: boolean): Remembered[] {
  const user = text(request, 'userName');
  const group = text(request, 'groupName');
  return user && group ? [{ reference: reference.member(user, group), document: { member } }] : [];
}

function boundary(type: Principal['type'], request: Fields, arn: string | undefined): Remembered[] {
  const name = text(request, `${type}Name`);
  return name ? [{ reference: reference.boundary({ type, name }), document: arn ? { arn } : null }] : [];
}

/** A boundary may come with the making. */
function birth(type: Principal['type'], request: Fields): Remembered[] {
  const name = text(request, `${type}Name`);
  if (!name) return [];
  const limits = boundary(type, request, text(request, 'permissionsBoundary'));
  return [{ reference: reference.born({ type, name }), document: { born: true } }, ...limits];
}

function key(id: string | undefined, status: string | undefined): Remembered[] {
  return id && status ? [{ reference: reference.key(id), document: { status } }] : [];
}

function standard(arn: string | undefined, id: string | undefined): Remembered[] {
  return arn && id ? [{ reference: reference.default(arn), document: { version: id } }] : [];
}

function versionIn(response: Fields): string | undefined {
  return text(inner(response, 'policyVersion'), 'versionId');
}
