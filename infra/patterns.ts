// The EventBridge rules that select events for `detect`: made from what the detection rules list, so none is forgotten.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
import { namesOf } from '../core/match.ts';
import type { EventPattern, Leaf } from '../core/pattern.ts';
import type { Rule } from '../core/rule.ts';
import { SERVICE } from './names.ts';

/** In the wide state a rule gets read-only management events as well, in the other one it never sees them. */
export const WIDE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
export type EventRule = { name: string; state: 'ENABLED' | typeof WIDE; pattern: EventPattern };

/** EventBridge takes no longer pattern. */
export const LONGEST = 2_048;

/** The EventBridge rules for the detection rules: by service and state for those with event names, one each for the others. */
export function eventRules(rules: readonly Rule[]): EventRule[] {
  const names = new Set(rules.flatMap(namesOf));
  const groups = Map.groupBy([...names].sort(), (each) => `${serviceOf(each)} ${stateOf(each)}`);
  const named = [...groups.values()].flatMap(rulesForGroup);
  return [...named, ...rules.filter((each) => !Array.isArray(each.on)).map(ruleForPattern)];
}

function rulesForGroup(names: string[]): EventRule[] {
  const [first = ''] = names;
  const state = stateOf(first);
  const service = serviceOf(first);
  const chunks = chunked(names.map(eventOf), service);
  return chunks.map((events, at) => ({
    name: [SERVICE, 'events', service, ...(state === WIDE ? ['reads'] : []), ...(at > 0 ? [String(at + 1)] : [])].join(
      '-',
    ),
    state,
    pattern: patternFor(service, events),
  }));
}

/** As few chunks as fit, each no longer than a pattern may be. */
function chunked(events: string[], service: string): string[][] {
  const chunks: string[][] = [[]];
  for (const each of events) {
    const last = chunks.at(-1) ?? [];
    if (sizeOf(patternFor(service, [...last, each])) <= LONGEST) last.push(each);
    else chunks.push([each]);
  }
  return chunks;
}

/** `PutEvents` refuses sources that begin with `aws.`: so nobody but AWS writes an event that fits. */
function patternFor(service: string, events: string[]): EventPattern {
  return {
    source: [`aws.${service}`],
    'detail-type': [{ suffix: ' via CloudTrail' }],
    detail: { eventSource: [{ prefix: `${service}.` }], eventName: events.flatMap((each) => spellings(service, each)) },
  };
}

/** CloudTrail writes Lambda's events with the API's date: `AddPermission20150331v2`. */
function spellings(service: string, event: string): Leaf {
  return service === 'lambda' ? [event, { prefix: `${event}20` }] : [event];
}

/** Whatever a pattern of its own asks for, read-only events may be among it. */
function ruleForPattern(rule: Rule): EventRule {
  const pattern = { source: [{ prefix: 'aws.' }], ...(rule.on as EventPattern) };
  if (sizeOf(pattern) > LONGEST)
    throw new Error(`The event pattern of ${rule.id} has ${sizeOf(pattern)} characters; EventBridge takes ${LONGEST}`);
  return { name: `${SERVICE}-rule-${rule.id}`, state: WIDE, pattern };
}

/** The size of a pattern as EventBridge counts it, in characters of JSON. */
export function sizeOf(pattern: EventPattern): number {
  return JSON.stringify(pattern).length;
}

/** What CloudTrail may call read-only. A name too many is no loss: the wide state takes nothing away. */
const READ_ONLY =
  /^(Get|List|Describe|AssumeRole|BatchGet|Lookup|Search|Query|Scan|Head|Check|Test|Simulate|Decrypt|Generate)/;

function stateOf(name: string): EventRule['state'] {
  return READ_ONLY.test(eventOf(name)) ? WIDE : 'ENABLED';
}

const serviceOf = (name: string): string => name.slice(0, name.indexOf(':'));
const eventOf = (name: string): string => name.slice(name.indexOf(':') + 1);
