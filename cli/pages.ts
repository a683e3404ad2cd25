// A rule and a remediation as a page: the same text in `docs/` and in the terminal, made from the code alone.

import { namesOf } from '../core/match.ts';
import type { Remediation } from '../core/remediation.ts';
import type { Rule, RuleExample } from '../core/rule.ts';
import { activityOf } from '../events/cloudtrail.ts';
import { isFields } from '../events/fields.ts';

/** The page of a rule, as Markdown. */
export function rulePage(rule: Rule): string {
  return [
    `# ${rule.title}`,
    '',
    `\`${rule.id}\` · base severity ${rule.severity} · ${remedyLine(rule)}`,
    '',
    rule.why,
    '',
    '## Looks at',
    '',
    lookedAt(rule),
    '',
    '## Examples',
    '',
    ...Object.entries(rule.examples).map(exampleLine),
    '',
    '## References',
    '',
    ...references(rule),
    '',
  ].join('\n');
}

/** The page of a remediation, as Markdown. */
export function remediationPage(unit: Remediation): string {
  return [
    `# ${unit.title}`,
    '',
    `\`${unit.id}\` · acts on ${unit.target} · ${REACH[unit.reach]}`,
    '',
    unit.why,
    '',
    '## Needs',
    '',
    ...unit.needs.map((each) => `- \`${each}\``),
    '',
    '## Examples',
    '',
    ...Object.entries(unit.examples).map(
      ([title, each]) => `- ${title}: ${each.says ?? `refuses, because ${each.refuses}`}`,
    ),
    '',
  ].join('\n');
}

/** The page `docs/rules.md`: all rules, by the service whose events they look at first. */
export function ruleIndex(rules: readonly Rule[]): string {
  const sections = byService(rules).flatMap(([service, each]) => ['', `## ${service}`, '', ruleTable(each)]);
  return ['# Rules', '', `${rules.length} rules, by the service whose events they look at.`, ...sections, ''].join(
    '\n',
  );
}

/** How many rules there are for which service, as Markdown. */
export function ruleSummary(rules: readonly Rule[]): string {
  const rows = byService(rules).map(([service, each]) => `[${service}](docs/rules.md#${service}) ${each.length}`);
  return `${rules.length} rules, of which ${rules.filter(({ remedy }) => remedy).length} have a remedy: ${rows.join(', ')}. What they cover is in [docs/coverage.md](docs/coverage.md).`;
}

function byService(rules: readonly Rule[]): [string, Rule[]][] {
  const serviceOf = (rule: Rule) => namesOf(rule)[0]?.split(':')[0] ?? 'any';
  return [...Map.groupBy(rules, serviceOf)].sort(([one], [other]) => one.localeCompare(other, 'en'));
}

function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    (each) =>
      `| [${each.id}](rules/${each.id}.md) | ${each.severity} | ${each.title} | ${each.remedy?.id ?? ''} | ${each.automatic ? 'yes' : ''} |`,
  );
  return ['| rule | base | finds | remedy | automatic |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

const REACH = { undo: 'takes back what the event did', contain: 'takes away more than the event gave' };

function remedyLine(rule: Rule): string {
  if (!rule.remedy) return 'alerts only';
  return `remedy [${rule.remedy.id}](../remediations/${rule.remedy.id}.md)${rule.automatic ? ', automatic' : ', asked'}`;
}

function lookedAt(rule: Rule): string {
  const names = namesOf(rule);
  return names.length > 0
    ? names.map((each) => `- \`${each}\``).join('\n')
    : `\`\`\`json\n${JSON.stringify(rule.on, null, 2)}\n\`\`\``;
}

function exampleLine([title, example]: [string, RuleExample]): string {
  const reading = activityOf(example.event, 0);
  const name = reading.ok ? reading.activity.name : isFields(example.event) ? String(example.event.eventName) : '';
  return `- ${title} (\`${name}\`): ${example.finds ? `**${example.finds.replaceAll('*', '\\*')}**` : 'nothing'}`;
}

function references({ maps }: Rule): string[] {
  const lines: [string, string[]][] = [
    ['MITRE ATT&CK', maps.mitre],
    ['CIS AWS Foundations', maps.cis],
    ['NIST SP 800-53', maps.nist],
    ['PCI DSS', maps.pci],
    ['HIPAA', maps.hipaa],
    ['Practice', [maps.practice]],
  ];
  return lines.filter(([, each]) => each.length > 0).map(([name, each]) => `- ${name}: ${each.join(', ')}`);
}
