// The one escaping layer for Slack: text of an event can neither mention anybody, nor link, nor format, nor hide.
// What Slack parses: https://docs.slack.dev/messaging/formatting-message-text
import { cut, head, unit, visible, visibleJson } from './visible.ts';

/**
 * For `plain_text` elements: at most `limit`, measured by `sizeOf` after escaping. What would act is bracketed, as
 * responders write it: `evil[.]example`, `https[:]//`, `[@]channel`. Clients link bare domains even in plain text.
 */
export function slackText(value: string, limit: number): string {
  return cut(entities(inert(visible(head(value, limit)))), limit, sizeOf);
}

/** For a message's `text`, which older clients and notifications may still read as mrkdwn: look-alikes for its marks. */
export function slackFallback(value: string, limit: number): string {
  const text = cut(unmarked(entities(inert(visible(head(value, limit))))), limit, sizeOf);
  // The cut may have made a border of the middle of a word.
  return text.replace(/[*_~`]+…$/, '…');
}

/** JSON for preformatted rich text, inert by JSON's own escapes: what is not cut parses to the same value. */
export function slackJson(value: unknown, limit: number): string {
  const json = JSON.stringify(value) ?? 'null';
  return cut(visibleJson(head(json, limit)).replace(ACTIVE, unit), limit, sizeOf, '… (cut)');
}

/** The length in a message's JSON, in bytes: the most that any of Slack's limits may count. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

const ENTITIES: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function entities(text: string): string {
  return text.replace(/[&<>]/g, (each) => ENTITIES[each] ?? '');
}

/** A dot that may end a host's label, the colon of a scheme, the signs of mentions and channels. */
const LINKS = /[.。．｡](?=\p{L})|:(?=\/\/)|(?<=(?:mailto|tel|sms|data|javascript)):(?=\S)|[@＠]|#(?=[\p{L}\p{N}])/giu;

function inert(text: string): string {
  return text.replace(LINKS, (each) => `[${each}]`);
}

/** The same in JSON, with the signs of `entities`; outside of its strings JSON has none of them. */
const ACTIVE = new RegExp(`${LINKS.source}|[&<>]`, 'giu');

const LOOKALIKES: { [mark: string]: string } = { '*': '＊', _: '＿', '~': '～', '`': '｀' };

/** Marks count at the border of a word only, so `deploy_role` stays as it is; a quote only at the start. */
function unmarked(text: string): string {
  const plain = text.replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu, (each) => LOOKALIKES[each] ?? each);
  return plain.replace(/^(\s*)&gt;/, '$1›');
}
