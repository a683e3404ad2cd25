// The types of policies, which differ in what they may say and in what it means.
import type { Policy } from './document.ts';

export const TYPES = ['identity', 'resource', 'trust', 'scp', 'rcp', 'boundary'] as const;
export type PolicyType = (typeof TYPES)[number];

/**
 * The most characters of a document, by type; white space does not count.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const LARGEST: { [type in PolicyType]: number } = {
  identity: 10_240,
  resource: 20_480,
  trust: 4096,
  scp: 5120,
  rcp: 5120,
  boundary: 6144,
};

/** The type of a document that does not come with one: who is named, and what may be done, tell it. */
export function typeOf({ statements }: Policy): PolicyType {
  const names = statements.some(({ principals, notPrincipals }) => principals.length + notPrincipals.length > 0);
  if (!names) return 'identity';
  const isTrust = statements.every(
    ({ actions, resources }) =>
      resources.length === 0 && actions.length > 0 && actions.every((each) => each.startsWith('sts:')),
  );
  return isTrust ? 'trust' : 'resource';
}
