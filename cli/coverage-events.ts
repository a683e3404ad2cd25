// The events that attacks on identities are made of, by what they are for: what `docs/coverage.md` holds the rules against.
// From CloudTrail's event names as AWS documents them; Lambda's without the date of the API.

export type Purpose = 'identity' | 'tampering' | 'exposure' | 'escalation' | 'recon';

/** By purpose and service the names of events. */
export const EVENTS: { readonly [purpose in Purpose]: { readonly [service: string]: string } } = {
  identity: {
    account:
      'AcceptPrimaryEmailUpdate DisableRegion EnableRegion PutAlternateContact PutContactInformation StartPrimaryEmailUpdate',
    iam: 'AcceptDelegationRequest AcquireRole AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias CreateDelegationRequest CreateGroup CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy DetachUserPolicy DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions EnableMFADevice EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy RemoveUserFromGroup ResetServiceSpecificCredential ResyncMFADevice SendDelegationToken SetDefaultPolicyVersion SetSecurityTokenServicePreferences TagRole TagUser UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateSAMLProvider UpdateUser UploadSSHPublicKey UploadSigningCertificate',
    identitystore: 'CreateGroupMembership',
    organizations:
      'AcceptHandshake AccountDepartedOrganization AccountJoinedOrganization AttachPolicy CancelHandshake CloseAccount CreateAccount CreateOrganization CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DeregisterDelegatedAdministrator DetachPolicy DisableAWSServiceAccess DisablePolicyType EnableAWSServiceAccess EnableAllFeatures EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount PutResourcePolicy RegisterDelegatedAdministrator RemoveAccountFromOrganization UpdateOrganizationalUnit UpdatePolicy',
    ram: 'AssociateResourceShare CreateResourceShare',
    rolesanywhere: 'CreateProfile CreateTrustAnchor EnableTrustAnchor UpdateProfile UpdateTrustAnchor',
    signin: 'ConsoleLogin CreateOAuth2Token EmailUpdated GetSigninToken PasswordRecoveryRequested PasswordUpdated',
    sso: 'AssociateDirectory AttachCustomerManagedPolicyReferenceToPermissionSet AttachManagedPolicyToPermissionSet Authenticate CreateAccountAssignment CreateInstanceAccessControlAttributeConfiguration CreatePermissionSet CreateToken CreateTrustedTokenIssuer DeleteAccountAssignment DeletePermissionSet DeletePermissionsBoundaryFromPermissionSet DisassociateDirectory ProvisionPermissionSet PutInlinePolicyToPermissionSet PutPermissionsBoundaryToPermissionSet UpdateInstanceAccessControlAttributeConfiguration UpdatePermissionSet',
    'sso-directory':
      'AddMemberToGroup CreateUser DisableExternalIdPConfigurationForDirectory EnableExternalIdPConfigurationForDirectory',
    sts: 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetFederationToken GetSessionToken GetWebIdentityToken',
  },
  tampering: {
    'access-analyzer': 'CreateArchiveRule DeleteAnalyzer',
    bedrock:
      'DeleteEnforcedGuardrailConfiguration DeleteGuardrail DeleteModelInvocationLoggingConfiguration PutModelInvocationLoggingConfiguration UpdateGuardrail',
    cloudformation: 'DeleteStack UpdateTerminationProtection',
    cloudtrail:
      'CreateTrail DeleteEventDataStore DeleteTrail DeregisterOrganizationDelegatedAdmin PutEventSelectors PutInsightSelectors StartLogging StopEventDataStoreIngestion StopLogging UpdateTrail',
    config:
      'DeleteConfigRule DeleteConfigurationAggregator DeleteConfigurationRecorder DeleteConformancePack DeleteDeliveryChannel DeleteEvaluationResults DeleteOrganizationConfigRule DeleteOrganizationConformancePack DeleteRemediationConfiguration DeleteRetentionConfiguration PutConfigurationRecorder PutDeliveryChannel StartConfigurationRecorder StopConfigurationRecorder',
    ec2: 'DeleteFlowLogs ModifyFlowLogs',
    events: 'DeleteEventBus DeleteRule DisableRule PutPermission PutRule PutTargets RemoveTargets',
    guardduty:
      'ArchiveFindings CreateFilter CreateIPSet CreateThreatIntelSet DeleteDetector DeleteIPSet DeleteInvitations DeleteMembers DeletePublishingDestination DisableOrganizationAdminAccount DisassociateFromAdministratorAccount DisassociateFromMasterAccount DisassociateMembers StopMonitoringMembers UpdateDetector UpdateIPSet UpdateThreatIntelSet',
    logs: 'CreateExportTask DeleteLogGroup DeleteLogStream DeleteSubscriptionFilter DisassociateKmsKey',
    macie2:
      'CreateFindingsFilter DeleteMember DisableMacie DisableOrganizationAdminAccount DisassociateFromMasterAccount DisassociateMember UpdateClassificationJob UpdateFindingsFilter UpdateMacieSession UpdateMemberSession',
    monitoring: 'DeleteAlarms',
    route53resolver: 'DeleteResolverQueryLogConfig',
    securityhub:
      'BatchDisableStandards BatchUpdateFindings DeleteInsight DisableImportFindingsForProduct DisableSecurityHub UpdateFindings UpdateInsight',
  },
  exposure: {
    backup: 'DeleteBackupVault DeleteBackupVaultLockConfiguration DeleteRecoveryPoint',
    bedrock: 'DeleteResourcePolicy PutEnforcedGuardrailConfiguration PutResourcePolicy',
    codebuild: 'UpdateProjectVisibility',
    ec2: 'CreateInstanceExportTask CreateStoreImageTask DisableEbsEncryptionByDefault ExportImage ModifyImageAttribute ModifySnapshotAttribute SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated UnlockSnapshot',
    ecr: 'DeleteRepositoryPolicy PutRegistryPolicy PutReplicationConfiguration SetRepositoryPolicy',
    es: 'CreateElasticsearchDomain UpdateElasticsearchDomainConfig',
    glacier: 'SetVaultAccessPolicy',
    kms: 'CreateGrant CreateKey DeleteAlias DeleteImportedKeyMaterial DisableKey DisableKeyRotation ImportKeyMaterial PutKeyPolicy ScheduleKeyDeletion',
    lambda: 'AddLayerVersionPermission AddPermission CreateFunctionUrlConfig RemovePermission UpdateFunctionUrlConfig',
    rds: 'AddRoleToDBCluster AddRoleToDBInstance ModifyDBCluster ModifyDBClusterSnapshotAttribute ModifyDBInstance ModifyDBSnapshotAttribute StartExportTask',
    route53domains: 'DisableDomainTransferLock TransferDomainToAnotherAwsAccount',
    s3: 'CreateAccessGrant DeleteAccountPublicAccessBlock DeleteBucket DeleteBucketCors DeleteBucketEncryption DeleteBucketLifecycle DeleteBucketPolicy DeleteBucketPublicAccessBlock DeleteBucketReplication DeletePublicAccessBlock PutAccessPointPolicy PutAccountPublicAccessBlock PutBucketAcl PutBucketCors PutBucketLifecycle PutBucketLogging PutBucketObjectLockConfiguration PutBucketPolicy PutBucketPublicAccessBlock PutBucketReplication PutBucketVersioning PutBucketWebsite PutObjectAcl',
    secretsmanager: 'CreateSecret DeleteSecret PutResourcePolicy PutSecretValue',
    sns: 'SetTopicAttributes Subscribe',
    sqs: 'SetQueueAttributes',
    ssm: 'ModifyDocumentPermission RegisterManagedInstance',
  },
  escalation: {
    apprunner: 'CreateService UpdateService',
    autoscaling: 'CreateAutoScalingGroup UpdateAutoScalingGroup',
    batch: 'SubmitJob',
    'bedrock-agentcore': 'CreateCodeInterpreter InvokeCodeInterpreter StartCodeInterpreterSession',
    cloudformation:
      'CreateChangeSet CreateStack CreateStackInstances CreateStackSet ExecuteChangeSet UpdateStack UpdateStackSet',
    codebuild: 'CreateProject StartBuild StartBuildBatch UpdateProject',
    codepipeline: 'CreatePipeline',
    datapipeline: 'ActivatePipeline CreatePipeline PutPipelineDefinition',
    ec2: 'AssociateIamInstanceProfile CreateKeyPair CreateLaunchTemplateVersion DisassociateIamInstanceProfile EnableSerialConsoleAccess ImportKeyPair ModifyInstanceAttribute ModifyInstanceMetadataOptions ModifyLaunchTemplate ReplaceIamInstanceProfileAssociation RequestSpotInstances RunInstances StartInstances StopInstances',
    'ec2-instance-connect': 'SendSSHPublicKey SendSerialConsoleSSHPublicKey',
    ecs: 'CreateService RegisterTaskDefinition RunTask StartTask',
    eks: 'AssociateAccessPolicy CreateAccessEntry DeleteAccessEntry DisassociateAccessPolicy UpdateAccessEntry UpdateClusterConfig',
    glue: 'CreateDevEndpoint CreateJob CreateTrigger StartJobRun UpdateDevEndpoint UpdateJob',
    lambda:
      'CreateEventSourceMapping CreateFunction PublishLayerVersion UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration',
    sagemaker:
      'CreateAutoMLJob CreateNotebookInstance CreateNotebookInstanceLifecycleConfig CreatePipeline CreatePresignedNotebookInstanceUrl CreateProcessingJob CreateTrainingJob StartNotebookInstance StopNotebookInstance UpdateNotebookInstance UpdateNotebookInstanceLifecycleConfig',
    ssm: 'CreateAssociation CreateDocument SendCommand StartSession',
  },
  recon: {
    account: 'GetAlternateContact GetContactInformation',
    bedrock:
      'Converse ConverseStream CreateFoundationModelAgreement InvokeModel InvokeModelWithResponseStream ListFoundationModels PutFoundationModelEntitlement PutUseCaseForModelAccess',
    cloudshell: 'GetFileDownloadUrls',
    cloudtrail: 'DescribeTrails LookupEvents',
    'cognito-identity': 'GetCredentialsForIdentity GetId',
    ec2: 'DescribeInstanceAttribute GetConsoleScreenshot GetLaunchTemplateData GetPasswordData',
    ecr: 'GetAuthorizationToken',
    events: 'ListRules ListTargetsByRule',
    guardduty: 'GetDetector GetFindings ListDetectors ListFindings ListIPSets',
    iam: 'GenerateCredentialReport GenerateOrganizationsAccessReport GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary GetGroup GetGroupPolicy GetLoginProfile GetPolicy GetPolicyVersion GetRole GetRolePolicy GetUser GetUserPolicy ListAccessKeys ListAccountAliases ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies ListGroupPolicies ListGroups ListGroupsForUser ListInstanceProfiles ListMFADevices ListPolicies ListPolicyVersions ListRolePolicies ListRoles ListUserPolicies ListUsers',
    kms: 'Decrypt Encrypt GenerateDataKey ListAliases ListKeys ListResourceTags',
    lambda: 'GetFunction GetFunctionConfiguration ListFunctions',
    logs: 'DescribeLogGroups DescribeLogStreams DescribeSubscriptionFilters GetLogRecord',
    organizations:
      'DescribeAccount DescribeOrganization DescribeResourcePolicy ListAWSServiceAccessForOrganization ListAccounts ListAccountsForParent ListDelegatedAdministrators ListDelegatedServicesForAccount ListOrganizationalUnitsForParent ListPolicies ListRoots',
    s3: 'GetBucketAcl GetBucketLogging GetBucketPolicy GetBucketPolicyStatus GetBucketReplication GetBucketVersioning GetPublicAccessBlock ListBuckets',
    secretsmanager: 'BatchGetSecretValue DescribeSecret GetSecretValue ListSecrets',
    servicequotas: 'GetServiceQuota ListServiceQuotas',
    ses: 'GetAccount GetAccountSendingEnabled GetIdentityVerificationAttributes GetSendQuota ListIdentities UpdateAccountSendingEnabled VerifyEmailIdentity',
    ssm: 'DescribeParameters GetCommandInvocation GetParameter GetParameters GetParametersByPath',
    sts: 'GetAccessKeyInfo GetCallerIdentity',
  },
};
