// The AWS-managed policies that the sandbox knows, in the versions of November 2026.
import { type Named, named, type Policy } from './state.ts';

type Entry = { version: string; created: string; updated: string; statements: object[] };

const POLICIES: { [name: string]: Entry } = {
  AdministratorAccess: {
    version: 'v1',
    created: '2015-02-06T18:39:46Z',
    updated: '2015-02-06T18:39:46Z',
    statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  // AWS lists some two thousand read actions; these stand for them.
  ReadOnlyAccess: {
    version: 'v182',
    created: '2015-02-06T18:39:48Z',
    updated: '2026-04-03T15:27:12Z',
    statements: [
      {
        Effect: 'Allow',
        Action: ['cloudtrail:Get*', 'ec2:Describe*', 'iam:Get*', 'iam:List*', 's3:Get*', 's3:List*'],
        Resource: '*',
      },
    ],
  },
  IAMFullAccess: {
    version: 'v2',
    created: '2015-02-06T18:40:38Z',
    updated: '2019-06-21T19:40:00Z',
    statements: [
      {
        Effect: 'Allow',
        Action: [
          'iam:*',
          'organizations:DescribeAccount',
          'organizations:DescribeOrganization',
          'organizations:DescribeOrganizationalUnit',
          'organizations:DescribePolicy',
          'organizations:ListChildren',
          'organizations:ListParents',
          'organizations:ListPoliciesForTarget',
          'organizations:ListRoots',
          'organizations:ListPolicies',
          'organizations:ListTargetsForPolicy',
        ],
        Resource: '*',
      },
    ],
  },
  PowerUserAccess: {
    version: 'v12',
    created: '2015-02-06T18:39:47Z',
    updated: '2026-02-12T17:59:14Z',
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'account:GetAccountInformation',
          'account:GetGovCloudAccountInformation',
          'account:GetPrimaryEmail',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeEffectivePolicy',
          'organizations:DescribeOrganization',
        ],
        Resource: '*',
      },
    ],
  },
  AmazonS3ReadOnlyAccess: {
    version: 'v3',
    created: '2015-02-06T18:40:59Z',
    updated: '2023-08-10T21:31:39Z',
    statements: [
      {
        Effect: 'Allow',
        Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
        Resource: '*',
      },
    ],
  },
};

/** By ARN. Of their versions only the default is there. */
export const MANAGED: Named<Policy> = Object.assign(
  named<Policy>(),
  Object.fromEntries(
    Object.entries(POLICIES).map(([name, entry]) => [`arn:aws:iam::aws:policy/${name}`, policyOf(name, entry)]),
  ),
);

function policyOf(name: string, { version, created, updated, statements }: Entry): Policy {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const id = `ANPA${Buffer.from(name).toString('hex').toUpperCase().slice(0, 17)}`;
  const versions = Object.assign(named(), { [version]: { document, created: updated } });
  return {
    name,
    path: '/',
    id,
    description: null,
    created,
    updated,
    versions,
    standard: version,
    next: Number(version.slice(1)) + 1,
  };
}
