// What people are told, as data: each channel renders and escapes it in its own way.
import type { Change } from './change-record.ts';
import type { Finding } from './finding.ts';

export type Notice =
  | { kind: 'alert'; finding: Finding }
  | { kind: 'request'; finding: Finding; change: Change }
  | { kind: 'outcome'; finding: Finding; change: Change };
