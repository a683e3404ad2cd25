// Findings about policies as SARIF 2.1.0, each at its line.
import { CODES } from '../policy/codes.ts';
import type { Finding } from '../policy/finding.ts';
import { LEVEL, sarifLog } from './report-sarif.ts';

/** A finding, and where the document stands. */
export type Located = Finding & { id: unknown; file: string; line: number };

/** The log as text, with the codes that were found. */
export function policySarif(found: readonly Located[]): string {
  const codes = [...new Set(found.map(({ code }) => code))].sort();
  const rules = codes.map((code) => ({ id: code, shortDescription: { text: CODES[code] ?? code } }));
  return sarifLog(rules, found.map(resultOf));
}

function resultOf({ code, severity, message, file, line, id, statement, actions }: Located) {
  const place = `${id === null ? `line ${line}` : String(id)}${statement === null ? '' : `/Statement[${statement}]`}`;
  return {
    ruleId: code,
    level: LEVEL[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file === '-' ? 'stdin' : file }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: place }],
      },
    ],
    properties: { id, severity, statement, actions },
  };
}
