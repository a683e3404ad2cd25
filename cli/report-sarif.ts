// Findings as SARIF 2.1.0, which code hosts and editors read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import type { Severity } from '../core/risk.ts';
import { rules } from '../rules/index.ts';
import type { FindingRow } from './output.ts';

export const LEVEL: { [severity in Severity]: 'error' | 'warning' | 'note' } = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** The log as text, with the rules that found something. */
export function sarifReport(rows: readonly FindingRow[]): string {
  const found = rules.filter((each) => rows.some((row) => row.rule === each.id));
  return sarifLog(found.map(ruleOf), rows.map(resultOf));
}

/** A log of one run, as text. */
export function sarifLog(ruled: readonly object[], results: readonly object[]): string {
  const run = { tool: { driver: { name: 'iam-guardrail', rules: ruled } }, results };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 1)}\n`;
}

function ruleOf(rule: (typeof rules)[number]) {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    properties: { tags: rule.maps.mitre },
  };
}

function resultOf(row: FindingRow) {
  return {
    ruleId: row.rule,
    level: LEVEL[row.severity],
    message: { text: row.because },
    locations: [
      {
        logicalLocations: [
          { name: row.target, fullyQualifiedName: `${row.account}/${row.region}/${row.target}`, kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { eventAndRule: `${row.eventId ?? row.index}/${row.rule}` },
    rank: row.risk,
    properties: row,
  };
}
