// Settings and event patterns know the same two wildcards as IAM policies.
export { fits } from '../policy/wildcard.ts';
