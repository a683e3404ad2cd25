// What people are told, as data: each channel renders and escapes it in its own way.
import type { Change } from './change-record.ts';
import type { Finding } from './finding.ts';

export type Notice =
  /** `story`: what the findings of the incident are together, and their sentences in the order of time. */
  | { kind: 'alert'; finding: Finding; story?: Story }
  | { kind: 'request'; finding: Finding; change: Change }
  | { kind: 'outcome'; finding: Finding; change: Change };

export type Story = { says: string; sentences: string[] };
