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
  /** A managed policy's default version as it stood before an event that changes it. */
  policy: (arn: string): string => `policy/${arn}`,
  version: (arn: string, version: string): string => `version/${version}/${arn}`,
  /** `{ version }`: which version was the default. */
  default: (arn: string): string => `default/${arn}`,
  /** `{ attached }`: whether a managed policy is on the principal. */
  attached: (principal: Principal, arn: string): string => `attached/${principal.type}/${principal.name}/${arn}`,
  /** `{ status }` of an access key. */
  key: (id: string): string => `key/${id}`,
  /** What a managed policy grants now, for events that do not change it: asked of AWS where it can be. */
  granted: (arn: string): string => `granted/${arn}`,
};

/** A document and where it belongs; `null` where it ceased to be. */
export type Remembered = { reference: string; document: PolicyDocument | null };

/** `alarmed`: it came with a finding that was not merely observed. */
type Past = { at: number; event: string; document: PolicyDocument | null; alarmed: boolean };

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
export async function recall(
  references: string[],
  activity: Activity,
  ports: Pick<Ports, 'store' | 'archive'>,
): Promise<Map<string, Former>> {
  const found = new Map<string, Former>();
  for (const each of new Set(references)) found.set(each, await formerOf(each, activity, ports));
  return found;
}

/** The writes that remember what the activity leaves behind; `alarmed` where it was not merely observed. */
export async function remember(
  activity: Activity,
  alarmed: boolean,
  ports: Pick<Ports, 'store' | 'clock'>,
): Promise<Write[]> {
  const writes = await Promise.all(documentsIn(activity).map((each) => rememberOne(each, activity, alarmed, ports)));
  return writes.filter((each) => each !== undefined);
}

type Memory = Pick<Ports, 'store' | 'archive'>;

async function formerOf(ref: string, activity: Activity, ports: Memory): Promise<Former> {
  const [kind, arn] = [ref.slice(0, ref.indexOf('/')), ref.slice(ref.indexOf('/') + 1)];
  if (kind === 'granted')
    return (await ports.archive.granted(activity.account, arn)) ?? formerOf(reference.policy(arn), activity, ports);
  if (kind === 'policy')
    return (await ofDefaultVersion(arn, activity, ports)) ?? ports.archive.document(activity.account, ref);
  const { past } = await pastOf(activity.account, ref, ports.store);
  const known = past.filter((each) => each.at <= activity.time && each.event !== activity.id).at(-1);
  if (known && isDoubtful(kind, known, activity)) return undefined;
  return known ? known.document : ports.archive.document(activity.account, ref);
}

/**
 * INVARIANT: what raised an alarm is nothing to go back to, and nothing that makes the same again look harmless. The content
 * of a version is only content, and that a policy is attached is a fact once the guardrail's own events must have come in.
 */
function isDoubtful(kind: string, { alarmed, at }: Past, activity: Activity): boolean {
  if (!alarmed || kind === 'version') return false;
  const isFact = kind === 'attached' || kind === 'key';
  return !isFact || activity.time - at < HOUR;
}

const HOUR = 3_600_000;

async function ofDefaultVersion(arn: string, activity: Activity, ports: Memory): Promise<Former> {
  const version = text((await formerOf(reference.default(arn), activity, ports)) ?? {}, 'version');
  return version ? formerOf(reference.version(arn, version), activity, ports) : undefined;
}

async function rememberOne(
  one: Remembered,
  activity: Activity,
  alarmed: boolean,
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<Write | undefined> {
  const { past, version } = await pastOf(activity.account, one.reference, store);
  if (past.some((each) => each.event === activity.id)) return undefined;
  const last: Past = { at: activity.time, event: activity.id, document: one.document, alarmed };
  const history = [...past, last].sort((a, b) => a.at - b.at).slice(-KEPT);
  const expires = Math.floor(clock.now() / 1000) + DAYS * 86_400;
  return { ...keyOf(activity.account, one.reference), expect: version, value: { history }, expires };
}

async function pastOf(account: string, ref: string, store: Ports['store']): Promise<{ past: Past[]; version: number }> {
  const item = await store.get(keyOf(account, ref));
  return { past: (item?.value.history as Past[] | undefined) ?? [], version: item?.version ?? 0 };
}

function keyOf(account: string, ref: string): { partition: string; sort: string } {
  return { partition: short(`documents#${account}`), sort: short(ref) };
}

type Reader = (activity: Activity) => Remembered[];

const READERS: { [name: string]: Reader } = {
  'iam:AttachUserPolicy': ({ request }) => attachment('user', request, true),
  'iam:AttachGroupPolicy': ({ request }) => attachment('group', request, true),
  'iam:AttachRolePolicy': ({ request }) => attachment('role', request, true),
  'iam:DetachUserPolicy': ({ request }) => attachment('user', request, false),
  'iam:DetachGroupPolicy': ({ request }) => attachment('group', request, false),
  'iam:DetachRolePolicy': ({ request }) => attachment('role', request, false),
  'iam:CreateAccessKey': ({ response }) => key(text(inner(response, 'accessKey'), 'accessKeyId'), 'Active'),
  'iam:UpdateAccessKey': ({ request }) => key(text(request, 'accessKeyId'), text(request, 'status')),
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
  return isDefault ? [...own, ...standard(arn, id)] : own;
}

function attachment(type: Principal['type'], request: Fields, attached: boolean): Remembered[] {
  const name = text(request, `${type}Name`);
  const arn = text(request, 'policyArn');
  return name && arn ? [{ reference: reference.attached({ type, name }, arn), document: { attached } }] : [];
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
