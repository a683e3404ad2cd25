// What the check of a policy has to say: a code, how bad it is, where, and a sentence in plain words.

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Finding = {
  code: string;
  severity: Severity;
  /** The statement, counted from 0; null where it is about the whole document. */
  statement: number | null;
  /** What it means, and what to do about it where that is known. */
  message: string;
  /** The actions that it is about, as the document spells them. */
  actions: string[];
};

/** How bad a document is: 0-100, in the bands of severities (info 0-19, low 20-39 and so on); `none` has no findings. */
export type Assessment = { risk: number; severity: Severity | 'none' };

const POINTS: { [severity in Severity]: number } = { info: 5, low: 25, medium: 45, high: 65, critical: 85 };

/** The worst finding decides the band; each further one of the same severity adds a little. */
export function assess(findings: readonly Finding[]): Assessment {
  const worst = SEVERITIES.findLast((each) => findings.some(({ severity }) => severity === each));
  if (!worst) return { risk: 0, severity: 'none' };
  const alike = findings.filter(({ severity }) => severity === worst).length;
  return { risk: POINTS[worst] + Math.min(14, 2 * (alike - 1)), severity: worst };
}

/** "a, b and 3 more": what documents hold is cut here, and escaped where it is shown. */
export function shown(values: readonly string[], most = 2): string {
  const first = values.slice(0, most).map(cut).join(', ');
  return values.length > most ? `${first} and ${values.length - most} more` : first || 'nothing';
}

function cut(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}
