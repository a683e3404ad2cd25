// Whether CloudTrail ever writes an event of that name: a rule that listens to one that it never writes sees nothing.
import type { Catalogue } from '../policy/catalogue.ts';
import { EVENTS } from './coverage-events.ts';

/** Why the name is none that CloudTrail writes; undefined for those that it does, as far as anybody knows. */
export function problemWith(name: string, catalogue: Catalogue): string | undefined {
  const hint = PERMISSIONS[name];
  if (hint) return `${name} is a permission, and no event: ${hint}`;
  const [service = '', event = ''] = name.split(':');
  if (catalogue.find(`${SERVICES[service] ?? service}:${event}`) || KNOWN.has(name)) return undefined;
  return `AWS has no action ${name}; where CloudTrail writes it all the same, add it to cli/event-names.ts`;
}

/** What policies name and CloudTrail does not. */
const PERMISSIONS: { readonly [name: string]: string } = {
  'iam:PassRole': 'look at the events of the services that take the role, such as ec2:RunInstances',
  's3:ListAllMyBuckets': 'the event is s3:ListBuckets',
  's3:ListBucket': 'the event is s3:ListObjects',
  's3:PutLifecycleConfiguration': 'the event is s3:PutBucketLifecycle',
  's3:PutEncryptionConfiguration': 'the event is s3:PutBucketEncryption',
  's3:PutReplicationConfiguration': 'the event is s3:PutBucketReplication',
  'lambda:InvokeFunction': 'the event is lambda:Invoke',
  'lambda:GetLayerVersionByArn': 'the event is lambda:GetLayerVersion',
};

/** Events that are no actions: of sign-in, of services, and those that CloudTrail calls otherwise than policies do. */
const OTHERS: readonly string[] = [
  ...['signin:SwitchRole', 'signin:CredentialVerification', 'signin:PasswordRecoveryCompleted'],
  ...['sso:UpdateDirectoryAssociation', 'sso:DeletePermissionsPolicy'],
  'sso-directory:PutMfaDeviceManagementForDirectory',
  ...['s3:PutPublicAccessBlock', 's3:PutBucketLifecycleConfiguration', 's3:PutObjectLockConfiguration'],
];

/** Services that CloudTrail names otherwise than policies do. */
const SERVICES: { readonly [service: string]: string } = { monitoring: 'cloudwatch' };

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(EVENTS).flatMap((services) =>
    Object.entries(services).flatMap(([service, names]) => names.split(' ').map((each) => `${service}:${each}`)),
  ),
  ...OTHERS,
]);
