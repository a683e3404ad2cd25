// The replay as one self-contained page: what was found, how bad, and what would be done.
import { visible } from '../adapters/visible.ts';
import { SEVERITIES } from '../core/risk.ts';
import type { Settings } from '../core/settings.ts';
import type { Tally } from './feed.ts';
import { type Html, html } from './html.ts';
import type { FindingRow } from './output.ts';
import {
  countSection,
  coverageSection,
  incidentSection,
  modeSection,
  noiseSection,
  timeSection,
} from './report-sections.ts';

/** The page as text: no script, nothing loaded from elsewhere, readable in dark and light. */
export function htmlReport(rows: readonly FindingRow[], tally: Tally, settings: Settings): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>iam-guardrail replay</title><style>${STYLE}</style></head>
<body><h1>What the guardrail would have done</h1>
<p>${tally.records} records, ${rows.length} findings in mode ${settings.mode}${tally.broken > 0 ? `, ${tally.broken} records could not be read` : ''}.</p>
<ul class="bars">${[...SEVERITIES].reverse().map((each) => bar(each, rows))}</ul>
${rows.length > 0 ? sections(rows, settings) : html``}
<h2>Findings</h2>
<table class="findings"><thead><tr><th>Time</th><th>Risk</th><th>Decision</th><th>What happened</th><th>Where</th></tr></thead>
<tbody>${rows.map(rowOf)}</tbody></table></body></html>
`;
  return page.text;
}

function sections(rows: readonly FindingRow[], settings: Settings): Html {
  return html`${timeSection(rows)}${incidentSection(rows)}${countSection('Rules', rows, ({ rule }) => rule)}${countSection('Actors', rows, ({ actor }) => actor)}${modeSection(rows, settings.mode)}${noiseSection(rows)}${coverageSection(rows)}`;
}

function bar(severity: FindingRow['severity'], rows: readonly FindingRow[]): Html {
  const count = rows.filter((each) => each.severity === severity).length;
  const share = rows.length === 0 ? 0 : Math.round((100 * count) / rows.length);
  return html`<li><span>${severity}</span><svg width="200" height="10" role="img" aria-label="${count} findings"><rect class="${severity}" width="${share * 2}" height="10"/></svg> ${count}</li>`;
}

function rowOf(row: FindingRow): Html {
  const factors = row.factors.map(
    (each) => html`<li>${each.points > 0 ? '+' : ''}${each.points} ${visible(each.because)}</li>`,
  );
  return html`<tr><td>${row.time.slice(0, 19).replace('T', ' ')}</td><td class="${row.severity}">${row.risk} ${row.severity}</td><td>${row.decision}</td>
<td><details><summary>${visible(row.because)}</summary><ul>${factors}</ul><p>${visible(row.reasons.join('; '))}</p></details></td>
<td>${row.account} ${row.region}<br>${row.rule}<br>${row.incident}</td></tr>
`;
}

const STYLE = html`
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8884; }
td, li { white-space: normal; overflow-wrap: anywhere; } .findings td:nth-child(-n+3) { white-space: nowrap; } pre { white-space: pre-wrap; background: #8882; padding: .4rem; }
.findings td:nth-child(4) { white-space: normal; overflow-wrap: anywhere; }
.bars { list-style: none; padding: 0; } .bars span { display: inline-block; width: 5rem; }
rect.critical { fill: #c0182b; } rect.high { fill: #d9541e; } rect.medium { fill: #c79a00; } rect.low, rect.info { fill: #7a8290; }
td.critical, td.high { font-weight: 600; }
@media print { details > * { display: block; } details::details-content { content-visibility: visible; height: auto; } }`;
