// Files of real-shaped CloudTrail records: mostly reads and deployments, and some work that rules look at.
import { closeSync, openSync, writeSync } from 'node:fs';
import { type CloudTrailRecord, did, role, user } from '../events/did.ts';

const READS = [
  'ec2:DescribeInstances',
  's3:GetBucketAcl',
  'kms:Decrypt',
  'ssm:DescribeParameters',
  'sts:AssumeRole',
  'iam:GetRole',
  'rds:DescribeDBInstances',
  'logs:DescribeLogGroups',
] as const;
/** What every record carries besides: real ones have 1.2 kB on average. */
const COMMON = {
  tlsDetails: {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: 'ec2.us-east-1.amazonaws.com',
  },
  additionalEventData: {
    SignatureVersion: 'SigV4',
    bytesTransferredIn: 0,
    AuthenticationMethod: 'AuthHeader',
    bytesTransferredOut: 552,
  },
};
const AGENT = 'Boto3/1.40.6 md/Botocore#1.40.6 ua/2.1 os/linux#6.8.0 lang/python#3.13';

/** How many of a thousand records some rule wants. */
const WANTED = 5;

/** Writes a trail file of about `megabytes`; `seed` makes its records other than those of any other file. Returns the count. */
export function writeTrail(path: string, megabytes: number, seed: number): number {
  const file = openSync(path, 'w');
  let written = writeSync(file, '{"Records":[');
  let count = 0;
  while (written < megabytes * 1_048_576) {
    written += writeSync(file, batch(seed * 1_000_000 + count, count === 0));
    count += 1000;
  }
  writeSync(file, ']}');
  closeSync(file);
  return count;
}

function batch(from: number, isFirst: boolean): string {
  const records = Array.from({ length: 1000 }, (_, index) => JSON.stringify(record(from + index)));
  return (isFirst ? '' : ',') + records.join(',');
}

function record(number: number): CloudTrailRecord {
  const who = number % 3 === 0 ? user(`user-${number % 50}`) : role(`deploy-${number % 20}`, `run-${number % 1000}`);
  const time = new Date(1_790_000_000_000 + number * 400).toISOString().replace(/\.\d+Z$/, 'Z');
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const details = { time, id, agent: AGENT, record: COMMON };
  if (number % 1000 < WANTED)
    return did(
      who,
      'iam:AttachRolePolicy',
      { roleName: `web-${number % 97}`, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      details,
    );
  const filters = {
    filterSet: { items: [{ name: 'tag:app', valueSet: { items: [{ value: `app-${number % 17}` }] } }] },
    maxResults: 100,
  };
  return did(who, READS[number % READS.length] ?? READS[0], filters, details);
}
