// The ways from some permissions to others that are known publicly: what each needs, and what it comes to in words.
// References of pathfinding.cloud (Apache-2.0), December 2025; the words are ours.

/**
 * `self-escalation`, `principal-access`: IAM alone. `new-passrole`: a role is passed to something new. `existing-passrole`:
 * something that carries a role already is needed.
 */
export type PathKind = 'self-escalation' | 'principal-access' | 'new-passrole' | 'existing-passrole';

export type Path = {
  id: string;
  kind: PathKind;
  /** Actions, all of which must be allowed; those on the same kind of resource on one and the same. */
  needs: readonly string[];
  /** What it comes to, after "can": "attach any policy to itself". For `new-passrole` only the service is named. */
  says: string;
  /** The services that the role is passed to, as `iam:PassedToService` names them; any one will do. */
  passedTo: readonly string[];
};

const LAMBDA = ['lambda.amazonaws.com'];
const ECS = ['ecs-tasks.amazonaws.com'];
const GLUE = ['glue.amazonaws.com'];
const SAGEMAKER = ['sagemaker.amazonaws.com'];
const CLOUDFORMATION = ['cloudformation.amazonaws.com'];
const CODEBUILD = ['codebuild.amazonaws.com'];
const EC2 = ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'];

export const PATHS: readonly Path[] = [
  passes(
    'apprunner-001',
    'App Runner',
    ['tasks.apprunner.amazonaws.com', 'build.apprunner.amazonaws.com', 'apprunner.amazonaws.com'],
    'apprunner:CreateService',
  ),
  uses('apprunner-002', 'run other code as the role of an App Runner service', 'apprunner:UpdateService'),
  passes(
    'bedrock-001',
    'a Bedrock AgentCore code interpreter',
    ['bedrock-agentcore.amazonaws.com'],
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ),
  uses(
    'bedrock-002',
    'run code as the role of a Bedrock AgentCore code interpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ),
  passes('cloudformation-001', 'CloudFormation', CLOUDFORMATION, 'cloudformation:CreateStack'),
  uses('cloudformation-002', 'change a stack that CloudFormation runs with a role', 'cloudformation:UpdateStack'),
  passes(
    'cloudformation-003',
    'CloudFormation stack sets',
    CLOUDFORMATION,
    'cloudformation:CreateStackSet',
    'cloudformation:CreateStackInstances',
  ),
  passes('cloudformation-004', 'CloudFormation stack sets', CLOUDFORMATION, 'cloudformation:UpdateStackSet'),
  {
    ...uses(
      'cloudformation-005',
      'have CloudFormation make changes with the role of a stack',
      'cloudformation:CreateChangeSet',
      'cloudformation:ExecuteChangeSet',
    ),
    kind: 'new-passrole',
  },
  passes('codebuild-001', 'CodeBuild', CODEBUILD, 'codebuild:CreateProject', 'codebuild:StartBuild'),
  uses('codebuild-002', 'run other commands as the role of a CodeBuild project', 'codebuild:StartBuild'),
  uses('codebuild-003', 'run other commands in batch as the role of a CodeBuild project', 'codebuild:StartBuildBatch'),
  passes('codebuild-004', 'CodeBuild', CODEBUILD, 'codebuild:CreateProject', 'codebuild:StartBuildBatch'),
  passes(
    'datapipeline-001',
    'Data Pipeline',
    ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com', ...EC2],
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  uses(
    'ec2instanceconnect-003',
    'log in to EC2 instances and act as their roles',
    'ec2-instance-connect:SendSSHPublicKey',
    'ec2:DescribeInstances',
  ),
  passes('ec2-001', 'EC2 instances', EC2, 'ec2:RunInstances'),
  uses(
    'ec2-002',
    'run other code at the start of an EC2 instance and act as its role',
    'ec2:ModifyInstanceAttribute',
    'ec2:StopInstances',
    'ec2:StartInstances',
  ),
  passes('ec2-003', 'EC2 spot instances', [...EC2, 'spot.amazonaws.com'], 'ec2:RequestSpotInstances'),
  uses(
    'ec2-004',
    'have new EC2 instances run other code with the role of a launch template',
    'ec2:CreateLaunchTemplateVersion',
    'ec2:ModifyLaunchTemplate',
  ),
  passes('ecs-001', 'ECS tasks', ECS, 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  passes('ecs-002', 'ECS tasks', ECS, 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passes('ecs-003', 'ECS tasks', ECS, 'ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  passes('ecs-004', 'ECS tasks', ECS, 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passes('ecs-005', 'ECS tasks', ECS, 'ecs:RegisterTaskDefinition', 'ecs:StartTask'),
  passes('glue-001', 'Glue development endpoints', GLUE, 'glue:CreateDevEndpoint'),
  uses('glue-002', 'log in to a Glue development endpoint and act as its role', 'glue:UpdateDevEndpoint'),
  passes('glue-003', 'Glue jobs', GLUE, 'glue:CreateJob', 'glue:StartJobRun'),
  passes('glue-004', 'Glue jobs', GLUE, 'glue:CreateJob', 'glue:CreateTrigger'),
  passes('glue-005', 'Glue jobs', GLUE, 'glue:UpdateJob', 'glue:StartJobRun'),
  passes('glue-006', 'Glue jobs', GLUE, 'glue:UpdateJob', 'glue:CreateTrigger'),
  iam('iam-001', 'self-escalation', 'rewrite the policies that it has', 'iam:CreatePolicyVersion'),
  iam('iam-002', 'principal-access', 'make an access key for any user and act as that user', 'iam:CreateAccessKey'),
  iam(
    'iam-003',
    'principal-access',
    'replace an access key of any user and act as that user',
    'iam:CreateAccessKey',
    'iam:DeleteAccessKey',
  ),
  iam('iam-004', 'principal-access', 'make a console password for any user without one', 'iam:CreateLoginProfile'),
  iam('iam-005', 'self-escalation', 'write any permissions into its role', 'iam:PutRolePolicy'),
  iam('iam-006', 'principal-access', 'change the console password of any user', 'iam:UpdateLoginProfile'),
  iam('iam-007', 'self-escalation', 'write any permissions into its user', 'iam:PutUserPolicy'),
  iam('iam-008', 'self-escalation', 'attach any policy to its user', 'iam:AttachUserPolicy'),
  iam('iam-009', 'self-escalation', 'attach any policy to its role', 'iam:AttachRolePolicy'),
  iam('iam-010', 'self-escalation', 'attach any policy to its group', 'iam:AttachGroupPolicy'),
  iam('iam-011', 'self-escalation', 'write any permissions into its group', 'iam:PutGroupPolicy'),
  iam('iam-012', 'principal-access', 'let itself assume any role', 'iam:UpdateAssumeRolePolicy'),
  iam('iam-013', 'self-escalation', 'join any group', 'iam:AddUserToGroup'),
  iam(
    'iam-014',
    'principal-access',
    'attach any policy to a role and assume it',
    'iam:AttachRolePolicy',
    'sts:AssumeRole',
  ),
  iam(
    'iam-015',
    'principal-access',
    'attach any policy to a user and make a key for it',
    'iam:AttachUserPolicy',
    'iam:CreateAccessKey',
  ),
  iam(
    'iam-016',
    'principal-access',
    'rewrite the policy of a role and assume it',
    'iam:CreatePolicyVersion',
    'sts:AssumeRole',
  ),
  iam(
    'iam-017',
    'principal-access',
    'write any permissions into a role and assume it',
    'iam:PutRolePolicy',
    'sts:AssumeRole',
  ),
  iam(
    'iam-018',
    'principal-access',
    'write any permissions into a user and make a key for it',
    'iam:PutUserPolicy',
    'iam:CreateAccessKey',
  ),
  iam(
    'iam-019',
    'principal-access',
    'attach any policy to a role and let itself assume it',
    'iam:AttachRolePolicy',
    'iam:UpdateAssumeRolePolicy',
  ),
  iam(
    'iam-020',
    'principal-access',
    'rewrite the policy of a role and let itself assume it',
    'iam:CreatePolicyVersion',
    'iam:UpdateAssumeRolePolicy',
  ),
  iam(
    'iam-021',
    'principal-access',
    'write any permissions into a role and let itself assume it',
    'iam:PutRolePolicy',
    'iam:UpdateAssumeRolePolicy',
  ),
  passes('lambda-001', 'Lambda', LAMBDA, 'lambda:CreateFunction', 'lambda:InvokeFunction'),
  passes('lambda-002', 'Lambda', LAMBDA, 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'),
  uses('lambda-003', 'change the code of a Lambda function and act as its role', 'lambda:UpdateFunctionCode'),
  uses(
    'lambda-004',
    'change the code of a Lambda function, call it and act as its role',
    'lambda:UpdateFunctionCode',
    'lambda:InvokeFunction',
  ),
  uses(
    'lambda-005',
    'change the code of a Lambda function, let others call it and act as its role',
    'lambda:UpdateFunctionCode',
    'lambda:AddPermission',
  ),
  passes('lambda-006', 'Lambda', LAMBDA, 'lambda:CreateFunction', 'lambda:AddPermission'),
  passes('sagemaker-001', 'SageMaker notebooks', SAGEMAKER, 'sagemaker:CreateNotebookInstance'),
  passes('sagemaker-002', 'SageMaker training jobs', SAGEMAKER, 'sagemaker:CreateTrainingJob'),
  passes('sagemaker-003', 'SageMaker processing jobs', SAGEMAKER, 'sagemaker:CreateProcessingJob'),
  uses(
    'sagemaker-004',
    'open a SageMaker notebook and act as its role',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ),
  uses(
    'sagemaker-005',
    'run other code at the start of a SageMaker notebook and act as its role',
    'sagemaker:CreateNotebookInstanceLifecycleConfig',
    'sagemaker:StopNotebookInstance',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:StartNotebookInstance',
  ),
  uses('ssm-001', 'open a shell on EC2 instances and act as their roles', 'ssm:StartSession'),
  uses('ssm-002', 'run commands on EC2 instances and act as their roles', 'ssm:SendCommand'),
  iam('sts-001', 'principal-access', 'assume any role that trusts it', 'sts:AssumeRole'),
];

/** It takes a permission of IAM: what needs none leads only to roles that are there to be used. */
export function isOfIam({ needs }: Path): boolean {
  return needs.some((each) => each.startsWith('iam:'));
}

function iam(id: string, kind: PathKind, says: string, ...needs: string[]): Path {
  return { id, kind, needs, says, passedTo: [] };
}

function uses(id: string, says: string, ...needs: string[]): Path {
  return iam(id, 'existing-passrole', says, ...needs);
}

function passes(id: string, service: string, passedTo: readonly string[], ...needs: string[]): Path {
  return { id, kind: 'new-passrole', needs: ['iam:PassRole', ...needs], says: service, passedTo };
}
