// Two texts of one policy: AWS may store a document otherwise than it was written, and means the same by it.
import { isObject } from './shapes.ts';

/**
 * The document in one of its spellings: a single value as a list, lists in order, an account id as the ARN of its root,
 * which is what IAM makes of it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function comparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.flatMap((each) => comparable(each, key)).sort(byText);
  if (isObject(value)) {
    const fields = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, comparable(each, name)]));
    return key === 'Statement' ? [fields] : fields;
  }
  return [key === 'AWS' && /^\d{12}$/.test(String(value)) ? `arn:aws:iam::${String(value)}:root` : value];
}

function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : Number(a > b);
}
