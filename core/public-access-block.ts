// The four settings by which S3 keeps a bucket or an account from being public.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
import type { Activity } from '../events/activity.ts';
import { flag, inner } from '../events/fields.ts';

/** All four settings at one value. */
export function blockOf(value: unknown): { [setting: string]: unknown } {
  return {
    BlockPublicAcls: value,
    IgnorePublicAcls: value,
    BlockPublicPolicy: value,
    RestrictPublicBuckets: value,
  };
}

const SETTINGS = Object.keys(blockOf(true));

/** The settings that the call leaves off; S3 takes one that is not named for off. */
export function settingsOff({ name, request }: Activity): string[] {
  if (name.startsWith('s3:Delete')) return SETTINGS;
  return SETTINGS.filter((each) => flag(inner(request, 'PublicAccessBlockConfiguration'), each) !== true);
}
