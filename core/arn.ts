// ARNs are compared segment by segment: an IAM path may hold colons, and `user/x:role/admin` is no role.
import { fits } from './glob.ts';

/** The six segments of an ARN: `arn`, partition, service, region, account, resource. The resource keeps its colons. */
export function segmentsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The six patterns of an ARN pattern; one that ends early with `*`, as `arn:*`, leaves the rest open. */
export function patternsOf(pattern: string): string[] {
  const parts = pattern.split(':');
  if (parts.length >= 6 || !parts.at(-1)?.endsWith('*')) return segmentsOf(pattern);
  return [...parts, ...Array<string>(6 - parts.length).fill('*')];
}

/** Whether the ARN fits the pattern: `*` and `?` stay within their segment. */
export function fitsArn(pattern: string, arn: string): boolean {
  const found = segmentsOf(arn);
  return patternsOf(pattern).every((each, at) => fits(each, found[at] ?? ''));
}
