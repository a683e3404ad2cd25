// What services decide by themselves, whatever policies say.
import type { Request } from './request.ts';
import { isIdentity } from './requester.ts';

/** Why nobody can be kept from it; undefined where policies decide. */
export function allowedAnyway({ action, requester }: Request): string | undefined {
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  if (action === 'sts:getcalleridentity' && isIdentity(requester)) return 'everybody may ask who they are';
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
  if (action === 'sts:getsessiontoken' && (requester.kind === 'user' || requester.kind === 'root'))
    return 'users may get a session token without permission';
  return undefined;
}

/** Why it fails whatever allows it; undefined where policies decide. */
export function refusedAnyway(request: Request): string | undefined {
  return refusedToCredentials(request) ?? refusedAcross(request);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html */
function refusedToCredentials({ action, service, requester: { kind } }: Request): string | undefined {
  if (service !== 'sts') return undefined;
  if (kind === 'root' && action.startsWith('sts:assumerole')) return 'root credentials cannot assume roles';
  if (kind === 'federated-user') return 'credentials of federated users cannot call STS';
  const isTemporary = kind === 'session' || kind === 'role';
  return isTemporary && (action === 'sts:getfederationtoken' || action === 'sts:getsessiontoken')
    ? 'credentials of a role cannot be used for it'
    : undefined;
}

function refusedAcross({ action, service, requester, resourceAccount }: Request): string | undefined {
  if (requester.account === undefined || resourceAccount === undefined || requester.account === resourceAccount)
    return undefined;
  const isClosed = service === 'kms' ? !ACROSS_KMS.has(action) : WITHIN.has(action);
  return isClosed ? `${service} lets no other account do it, whatever its policies allow` : undefined;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html */
const ACROSS_KMS = actions(
  'kms',
  'Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext GenerateMac VerifyMac Sign Verify DeriveSharedSecret CreateGrant DescribeKey',
  'GetKeyRotationStatus GetPublicKey ListGrants RetireGrant RevokeGrant',
);

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
const WITHIN = new Set([
  ...actions(
    'sqs',
    'AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueues ListQueueTags',
    'RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue',
  ),
  ...actions('s3', 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy'),
]);

function actions(service: string, ...names: string[]): ReadonlySet<string> {
  return new Set(names.flatMap((each) => each.split(' ')).map((each) => `${service}:${each}`.toLowerCase()));
}

/**
 * The root of a bucket's account can always mend its policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
 */
export function isAboveResourcePolicy({ action, service, requester, resourceAccount }: Request): boolean {
  return service === 's3' && requester.kind === 'root' && requester.account === resourceAccount && WITHIN.has(action);
}

/**
 * Resource control policies leave alone what service-linked roles need, and the end of grants.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function isAboveRcps({ action, requester, resource }: Request): boolean {
  if (action === 'kms:retiregrant') return true;
  return requester.kind === 'service' && resource.includes(':role/aws-service-role/');
}
