// The parts of the replay's page between its head and the list of findings: when, what, who, the incidents as stories, what
// each mode would do, what to quieten, and what is covered.
import { visible } from '../adapters/visible.ts';
import { DECISIONS, type DecisionName } from '../core/finding.ts';
import { MODES, type Mode } from '../core/settings.ts';
import { rules } from '../rules/index.ts';
import { controlsOf } from './coverage.ts';
import { type Html, html } from './html.ts';
import type { FindingRow } from './output.ts';

type Rows = readonly FindingRow[];

const [BARS, ACTORS, INCIDENTS, STEPS, NOISY] = [48, 20, 30, 12, 5];
/** So many alerts of a rule may be noise. */
const OFTEN = 3;
const DAY = 86_400_000;

/** Findings over time: alerts dark, what is only observed pale. */
export function timeSection(rows: Rows): Html {
  const times = rows.map(({ time }) => Date.parse(time));
  const [from, to] = [least(times), most(times)];
  const width = Math.max(1, (to - from) / BARS);
  const bars = Array.from({ length: BARS }, () => ({ loud: 0, all: 0 }));
  for (const [at, each] of rows.entries()) {
    const bar = bars[Math.min(BARS - 1, Math.floor(((times[at] ?? from) - from) / width))];
    if (bar) Object.assign(bar, { all: bar.all + 1, loud: bar.loud + Number(isLoud(each)) });
  }
  const highest = Math.max(1, ...bars.map(({ all }) => all));
  const drawn = bars.map(({ all, loud }, at) => {
    const [tall, dark] = [all, loud].map((count) => Math.round((100 * count) / highest)) as [number, number];
    return html`<rect class="low" x="${at * 12}" y="${100 - tall}" width="10" height="${tall}"/><rect class="high" x="${at * 12}" y="${100 - dark}" width="10" height="${dark}"/>`;
  });
  return html`<h2>When</h2><p>${dateOf(from)} to ${dateOf(to)}; dark: alerts and more, pale: only observed.</p>
<svg viewBox="0 0 ${BARS * 12} 100" width="100%" height="100" preserveAspectRatio="none" role="img" aria-label="${rows.length} findings over time, at most ${highest} in one bar">${drawn}</svg>`;
}

/** A table of what has most findings: rules, or actors. */
export function countSection(title: string, rows: Rows, of: (row: FindingRow) => string): Html {
  const groups = groupsOf(rows, of);
  const shown = groups.slice(0, ACTORS);
  const largest = shown[0]?.[1].length ?? 1;
  return html`<h2>${title}</h2><table><thead><tr><th></th><th>Findings</th><th>Loud</th><th>Highest risk</th><th></th></tr></thead><tbody>${shown.map(
    ([name, each]) =>
      html`<tr><td>${visible(name)}</td><td>${each.length}</td><td>${each.filter(isLoud).length}</td><td>${most(each.map(({ risk }) => risk))}</td><td><svg width="120" height="10" role="img" aria-label="${each.length} of ${rows.length}"><rect class="low" width="${Math.round((120 * each.length) / largest)}" height="10"/></svg></td></tr>`,
  )}</tbody></table>${groups.length > shown.length ? html`<p>and ${groups.length - shown.length} more</p>` : html``}`;
}

/** The incidents as stories, the worst first. */
export function incidentSection(rows: Rows): Html {
  const groups = [...Map.groupBy(rows, ({ incident }) => incident)].sort(
    ([, one], [, other]) => most(other.map(({ risk }) => risk)) - most(one.map(({ risk }) => risk)),
  );
  const shown = groups.slice(0, INCIDENTS);
  return html`<h2>Incidents</h2><ol>${shown.map(([id, found]) => story(id, found))}</ol>${
    groups.length > shown.length ? html`<p>and ${groups.length - shown.length} more</p>` : html``
  }`;
}

function story(id: string, found: readonly FindingRow[]): Html {
  const told = found.toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time));
  const worst = found.reduce((one, other) => (other.risk > one.risk ? other : one));
  const steps = told
    .slice(0, STEPS)
    .map((each) => html`<li>${dateOf(Date.parse(each.time))} ${visible(each.because)}</li>`);
  const rest = told.length > STEPS ? html`<li>and ${told.length - STEPS} more</li>` : html``;
  const more = told.length > 1 ? `, and ${told.length - 1} more` : '';
  return html`<li><details><summary><b>${worst.risk}</b> ${visible(worst.because)}${more}</summary><p>${visible(worst.actor)} in ${worst.account}, incident ${id}</p><ol>${steps}${rest}</ol></details></li>`;
}

/** The most that each mode does without a person. */
const MOST: { readonly [mode in Mode]: DecisionName } = { observe: 'alert', ask: 'approve', auto: 'remediate' };

/** What each mode up to that of the replay would have done. */
export function modeSection(rows: Rows, mode: Mode): Html {
  const known = MODES.slice(0, MODES.indexOf(mode) + 1);
  const lines = known.map((each) => {
    const cap = DECISIONS.indexOf(MOST[each]);
    const decided = rows.map(({ decision }) => DECISIONS[Math.min(cap, DECISIONS.indexOf(decision))]);
    return html`<tr><td>${each}</td>${DECISIONS.map((name) => html`<td>${decided.filter((one) => one === name).length}</td>`)}</tr>`;
  });
  return html`<h2>What each mode would do</h2><table><thead><tr><th>Mode</th>${DECISIONS.map((each) => html`<th>${each}</th>`)}</tr></thead><tbody>${lines}</tbody></table>`;
}

/** The rules that alert most, and the exemption that would quieten the actor behind most of it. */
export function noiseSection(rows: Rows): Html {
  const noisy = groupsOf(rows.filter(isLoud), ({ rule }) => rule)
    .filter(([, found]) => found.length >= OFTEN)
    .slice(0, NOISY);
  if (noisy.length === 0) return html`<h2>Noise</h2><p>No rule alerted ${OFTEN} times.</p>`;
  const until = new Date(most(rows.map(({ time }) => Date.parse(time))) + 30 * DAY).toISOString().slice(0, 10);
  return html`<h2>Noise</h2><p>The rules that alerted most. Where that was ordinary work, put the exemption into guardrail.yml and write why.</p><ul>${noisy.map(
    ([rule, found]) => {
      const [actor = '', mine = []] = groupsOf(found, (each) => each.actor)[0] ?? [];
      return html`<li>${rule}: ${found.length} alerts, ${mine.length} of them by ${visible(actor)}<pre>exemptions:
  - {principal: ${JSON.stringify(visible(actor))}, rules: [${rule}], until: ${until}, reason: ""}</pre></li>`;
    },
  )}</ul>`;
}

/** By framework the controls that some rule serves, and how many of them these findings are about. */
export function coverageSection(rows: Rows): Html {
  const found = new Set(rows.map(({ rule }) => rule));
  const lines = [...Map.groupBy(controlsOf(rules), ({ framework }) => framework)].map(([framework, controls]) => {
    const touched = controls.filter((each) => each.rules.some((rule) => found.has(rule)));
    return html`<tr><td>${framework}</td><td>${controls.length}</td><td>${touched.length}</td><td>${touched
      .slice(0, 20)
      .map(({ control }) => control)
      .join(', ')}</td></tr>`;
  });
  return html`<h2>Coverage</h2><table><thead><tr><th>Framework</th><th>Controls served</th><th>Found here</th><th></th></tr></thead><tbody>${lines}</tbody></table>`;
}

function groupsOf(rows: Rows, of: (row: FindingRow) => string): [string, FindingRow[]][] {
  return [...Map.groupBy(rows, of)].sort(([, one], [, other]) => other.length - one.length);
}

function isLoud({ decision }: FindingRow): boolean {
  return decision !== 'observe';
}

function least(values: readonly number[]): number {
  return values.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY);
}

function dateOf(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 16).replace('T', ' ') : 'unknown';
}
