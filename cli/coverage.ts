// What the rules cover: controls of frameworks, and the events that attacks are made of; as Markdown and for the terminal.
import { namesOf } from '../core/match.ts';
import { compile, type EventPattern } from '../core/pattern.ts';
import type { Maps, Rule } from '../core/rule.ts';
import { EVENTS } from './coverage-events.ts';

type Framework = Exclude<keyof Maps, 'practice'>;

const FRAMEWORKS: { readonly [framework in Framework]: string } = {
  mitre: 'MITRE ATT&CK',
  cis: 'CIS AWS Foundations Benchmark v3.0',
  nist: 'NIST SP 800-53 revision 5',
  pci: 'PCI DSS v4.0',
  hipaa: 'HIPAA security rule (45 CFR part 164)',
};

/** A control and the rules that serve it. */
export type Control = { framework: string; control: string; rules: string[] };

/** Every control that some rule serves, in order. */
export function controlsOf(rules: readonly Rule[]): Control[] {
  return (Object.keys(FRAMEWORKS) as Framework[]).flatMap((framework) => {
    const served = Map.groupBy(
      rules.flatMap(({ id, maps }) => maps[framework].map((control) => ({ id, control }))),
      ({ control }) => control,
    );
    return [...served]
      .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
      .map(([control, each]) => ({ framework: FRAMEWORKS[framework], control, rules: each.map(({ id }) => id) }));
  });
}

/** The page `docs/coverage.md`. */
export function coveragePage(rules: readonly Rule[]): string {
  return [
    '# What is covered',
    '',
    'Which rules serve which control, and which judge the events that attacks on identities are made of.',
    ...Object.values(FRAMEWORKS).flatMap((each) => frameworkSection(each, rules)),
    '',
    ...Object.entries(EVENTS).flatMap(([purpose, services]) => eventSection(purpose, services, rules)),
  ].join('\n');
}

function frameworkSection(framework: string, rules: readonly Rule[]): string[] {
  const rows = controlsOf(rules)
    .filter((each) => each.framework === framework)
    .map(({ control, rules: served }) => `| ${control} | ${served.map(linkTo).join(', ')} |`);
  return ['', `## ${framework}`, '', '| control | rules |', '| --- | --- |', ...rows];
}

function eventSection(
  purpose: string,
  services: { readonly [service: string]: string },
  rules: readonly Rule[],
): string[] {
  const rows = namesIn(services).map((name) => {
    const found = rulesOn(name, rules);
    return `| \`${name}\` | ${found.length > 0 ? found.map(linkTo).join(', ') : (LEFT_OUT[name] ?? 'none')} |`;
  });
  return [`## Events: ${purpose}`, '', '| event | rules, or why there is none |', '| --- | --- |', ...rows, ''];
}

function namesIn(services: { readonly [service: string]: string }): string[] {
  return Object.entries(services).flatMap(([service, names]) => names.split(' ').map((each) => `${service}:${each}`));
}

/** The events of these purposes that no rule judges and for which no reason is given. */
export function uncovered(purposes: readonly (keyof typeof EVENTS)[], rules: readonly Rule[]): string[] {
  return purposes
    .flatMap((each) => namesIn(EVENTS[each]))
    .filter((name) => rulesOn(name, rules).length === 0 && !LEFT_OUT[name]);
}

function rulesOn(name: string, rules: readonly Rule[]): string[] {
  return rules.filter((each) => looksAt(each, name)).map(({ id }) => id);
}

/** A rule with a pattern looks at an event where it names it; what it names by other fields is told on its page. */
function looksAt(rule: Rule, name: string): boolean {
  if (Array.isArray(rule.on)) return namesOf(rule).some((each) => each === name);
  const [service = '', eventName = ''] = name.split(':');
  const { eventName: wanted } = (rule.on.detail ?? {}) as EventPattern;
  const isNamed = Array.isArray(wanted) && wanted.includes(eventName as never);
  return (
    isNamed && compile({ eventName: wanted } as EventPattern)({ eventName, eventSource: `${service}.amazonaws.com` })
  );
}

function linkTo(id: string): string {
  return `[${id}](rules/${id}.md)`;
}

/** Why no rule judges an event. */
const LEFT_OUT: { readonly [name: string]: string } = {
  'cloudtrail:StartLogging': 'turns recording on',
  'config:StartConfigurationRecorder': 'turns recording on',
  'ec2:ModifyFlowLogs': 'EC2 has no such call: a flow log is deleted and made anew, and ec2:DeleteFlowLogs is judged',
};
