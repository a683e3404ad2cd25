// Actions that matter beyond their own service: what reads data, what hands out credentials, what opens resources to others.

/** Reads and copies of content: what data stores hold, and not how they are set up. */
export const DATA_READS = [
  's3:GetObject s3:GetObjectVersion',
  'dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect dynamodb:GetRecords',
  'secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue',
  'ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:GetParameterHistory',
  'rds-data:ExecuteStatement rds-data:BatchExecuteStatement redshift-data:ExecuteStatement redshift-data:GetStatementResult',
  'athena:GetQueryResults cassandra:Select timestream:Select neptune-db:ReadDataViaQuery',
  'sqs:ReceiveMessage kinesis:GetRecords kinesisvideo:GetMedia',
  'codecommit:GitPull codecommit:GetFile codecommit:GetBlob rds:CopyDBSnapshot rds:CreateDBSnapshot',
  'logs:GetLogEvents logs:FilterLogEvents',
  'ebs:GetSnapshotBlock glacier:GetJobOutput elasticfilesystem:ClientMount',
  'es:ESHttpGet es:ESHttpPost aoss:APIAccessAll',
  'kms:Decrypt',
].flatMap((each) => each.split(' '));

/** Reads of what is itself a secret, or opens something else. */
export const SECRETS = [
  'secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath',
  'sts:GetFederationToken redshift:GetClusterCredentials ec2:GetPasswordData',
].flatMap((each) => each.split(' '));

/** What returns credentials, or makes them. */
export const CREDENTIALS = [
  'sts:AssumeRole sts:AssumeRoleWithSAML sts:AssumeRoleWithWebIdentity sts:AssumeRoot sts:GetFederationToken sts:GetSessionToken',
  'iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile iam:UpdateAccessKey',
  'iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential',
  'cognito-identity:GetCredentialsForIdentity cognito-identity:GetOpenIdToken cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'ecr:GetAuthorizationToken ecr-public:GetAuthorizationToken codeartifact:GetAuthorizationToken',
  'redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM redshift-serverless:GetCredentials rds-db:connect',
  'ec2:GetPasswordData gamelift:RequestUploadCredentials gamelift:GetInstanceAccess codepipeline:PollForJobs',
  'lightsail:GetInstanceAccessDetails lightsail:GetRelationalDatabaseMasterUserPassword lightsail:DownloadDefaultKeyPair',
  'connect:GetFederationToken mediapackage:RotateChannelCredentials chime:CreateApiKey appsync:CreateApiKey',
  'lakeformation:GetTemporaryGlueTableCredentials',
].flatMap((each) => each.split(' '));

/**
 * What changes who may reach a resource. The catalogue knows all (access level "Permissions management"); these are the
 * ones that are known without it.
 */
export const EXPOSURES = [
  's3:PutBucketPolicy s3:DeleteBucketPolicy s3:PutBucketAcl s3:PutObjectAcl s3:PutAccessPointPolicy s3:PutBucketPublicAccessBlock',
  's3:PutAccountPublicAccessBlock kms:PutKeyPolicy kms:CreateGrant lambda:AddPermission lambda:AddLayerVersionPermission',
  'sns:AddPermission sqs:AddPermission ecr:SetRepositoryPolicy secretsmanager:PutResourcePolicy events:PutPermission',
  'iam:AttachUserPolicy iam:AttachRolePolicy iam:AttachGroupPolicy iam:PutUserPolicy iam:PutRolePolicy iam:PutGroupPolicy',
  'iam:CreatePolicyVersion iam:SetDefaultPolicyVersion iam:UpdateAssumeRolePolicy iam:DeleteUserPermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute ram:CreateResourceShare',
].flatMap((each) => each.split(' '));

/** What gives an identity any permissions there are, users and roles alike: all four make an administrator. */
export const GIVING = ['iam:AttachUserPolicy', 'iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:PutRolePolicy'];

/** What is half of a way to other permissions, or lifts a limit: alone it gives nothing, with something else it does. */
export const LEADS = [
  'iam:PassRole',
  'iam:SetDefaultPolicyVersion',
  'iam:DeleteUserPermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
];

/** Services that run what the caller gives them with the role that the caller passes. */
export const RUNS_CODE: ReadonlySet<string> = new Set(
  'apprunner batch bedrock-agentcore build cloudformation codebuild codepipeline datapipeline ec2 ecs ecs-tasks elasticbeanstalk elasticmapreduce glue lambda sagemaker ssm states tasks'.split(
    ' ',
  ),
);
