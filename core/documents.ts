// Policy documents as events show them, remembered: what stood there before is what an undo puts back.
import type { Activity, Fields } from '../events/activity.ts';
import { document, flag, inner, isFields, text } from '../events/fields.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { canonical } from './journal.ts';
import { short } from './key.ts';
import type { Ports, Write } from './ports.ts';
import type { Former, Principal } from './target.ts';

/** The names under which documents are remembered and asked for. */
export const reference = {
  trust: (role: string): string => `trust/${role}`,
  inline: (principal: Principal, policy: string): string => `inline/${principal.type}/${principal.name}/${policy}`,
  /** The default version of a managed policy. */
  policy: (arn: string): string => `policy/${arn}`,
  version: (arn: string, version: string): string => `policy/${arn}/${version}`,
  /** `{ version }`: which version is the default. */
  default: (arn: string): string => `default/${arn}`,
};

/** A document and where it belongs; `null` where it ceased to be. */
export type Remembered = { reference: string; document: PolicyDocument | null };

type Past = { at: number; event: string; document: PolicyDocument | null };

const KEPT = 5;
const LONGEST = 25_000;
const DAYS = 400;

/** The documents that a successful call leaves behind. */
export function documentsIn(activity: Activity): Remembered[] {
  if (activity.failed) return [];
  const reader = READERS[activity.name];
  return reader ? reader(activity).filter((each) => canonical(each.document).length <= LONGEST) : [];
}

/** The documents asked for, as they stood before the activity. */
export async function recall(references: string[], activity: Activity, ports: Ports): Promise<Map<string, Former>> {
  const found = new Map<string, Former>();
  for (const each of new Set(references)) found.set(each, await formerOf(each, activity, ports));
  return found;
}

/** The writes that remember what the activity leaves behind. */
export async function remember(activity: Activity, ports: Ports): Promise<Write[]> {
  return Promise.all(documentsIn(activity).map((each) => rememberOne(each, activity, ports)));
}

async function formerOf(ref: string, activity: Activity, ports: Ports): Promise<Former> {
  const past = await pastOf(activity.account, ref, ports);
  const known = past.filter((each) => each.at <= activity.time && each.event !== activity.id).at(-1);
  return known ? known.document : ports.archive.document(activity.account, ref);
}

async function rememberOne(one: Remembered, activity: Activity, ports: Ports): Promise<Write> {
  const others = (await pastOf(activity.account, one.reference, ports)).filter((each) => each.event !== activity.id);
  const history = [...others, { at: activity.time, event: activity.id, document: one.document }].sort(
    (a, b) => a.at - b.at,
  );
  const expires = Math.floor(ports.clock.now() / 1000) + DAYS * 86_400;
  return {
    ...keyOf(activity.account, one.reference),
    expect: 'any',
    value: { history: history.slice(-KEPT) },
    expires,
  };
}

async function pastOf(account: string, ref: string, ports: Ports): Promise<Past[]> {
  const item = await ports.store.get(keyOf(account, ref));
  return (item?.value.history as Past[] | undefined) ?? [];
}

function keyOf(account: string, ref: string): { partition: string; sort: string } {
  return { partition: short(`documents#${account}`), sort: short(ref) };
}

type Reader = (activity: Activity) => Remembered[];

const READERS: { [name: string]: Reader } = {
  'iam:CreateRole': ({ request }) => trust(request, document(request, 'assumeRolePolicyDocument')),
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
  return isDefault ? [...own, { reference: reference.policy(arn), document: doc }, ...standard(arn, id)] : own;
}

function standard(arn: string | undefined, id: string | undefined): Remembered[] {
  return arn && id ? [{ reference: reference.default(arn), document: { version: id } }] : [];
}

function versionIn(response: Fields): string | undefined {
  return text(inner(response, 'policyVersion'), 'versionId');
}
