// Stores limit their keys (DynamoDB: 2,048 bytes a partition, 1,024 a sort key), and events write parts of them.
import { createHash } from 'node:crypto';

const LONGEST = 400;

/** The text itself, or a digest of it where it is too long to be part of a key. */
export function short(text: string): string {
  return text.length <= LONGEST ? text : `sha256-${createHash('sha256').update(text).digest('hex')}`;
}
