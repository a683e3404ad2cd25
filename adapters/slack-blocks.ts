// A notice as a Slack message. Whatever may come from an event stands in `plain_text` and preformatted elements, where
// Slack knows no markup; no element of the message is mrkdwn.
import type { HeaderBlock, KnownBlock, RichTextBlock, SectionBlock } from '@slack/types';
import type { Notice } from '../core/notice.ts';
import type { Settings } from '../core/settings.ts';
import { sizeOf, slackFallback, slackJson, slackText } from './slack-escape.ts';
import { type Telling, tellingOf } from './telling.ts';

export type SlackMessage = { text: string; blocks: KnownBlock[] };

/**
 * How much each part may take, in bytes of JSON. A section holds 3,000 characters, a header 150; all blocks together are
 * refused above some 13,000, which is not documented: https://github.com/slackapi/bolt-js/issues/2509
 */
const ROOM = { header: 150, sentence: 800, section: 1_900, calls: 2_400, text: 1_500 };

const MOST_LINES = 16;

/** The message: `text` for notifications and screen readers, `blocks` for the channel. */
export function slackMessage(notice: Notice, accounts: Settings['accounts'] = {}): SlackMessage {
  const telling = tellingOf(notice, accounts);
  const blocks = [
    header(telling.headline),
    section([...sentence(telling), telling.place], ROOM.sentence),
    ...telling.paragraphs.map((each) => section(each, ROOM.section)),
    ...preformatted(`${telling.calls.says}:`, callLines(telling)),
    ...preformatted(telling.commands.says, telling.commands.lines),
  ];
  return { text: fallback(telling), blocks };
}

function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: slackText(text, ROOM.header), emoji: false } };
}

/** The headline again, where the header had to cut it. */
function sentence({ headline }: Telling): string[] {
  return slackText(headline, ROOM.header) === slackText(headline, ROOM.sentence) ? [] : [headline];
}

function section(lines: string[], room: number): SectionBlock {
  return { type: 'section', text: { type: 'plain_text', text: fitted(lines, room), emoji: false }, expand: true };
}

/** Every line gets the same room, so that no field pushes another out of the message. */
function fitted(lines: string[], room: number): string {
  const shown =
    lines.length > MOST_LINES
      ? [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more`]
      : lines;
  const each = Math.floor(room / shown.length) - sizeOf('\n');
  return shown.map((line) => slackText(line, each)).join('\n');
}

/** A caption and lines in a fixed font; both are our own words or escaped before. */
function preformatted(caption: string, lines: string[]): RichTextBlock[] {
  if (lines.length === 0) return [];
  const text = lines.join('\n');
  return [
    {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: caption, style: { bold: true } }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text }] },
      ],
    },
  ];
}

/** The exact calls as JSON, one a line. */
function callLines({ calls: { calls } }: Telling): string[] {
  const shown = calls.slice(0, MOST_LINES);
  const more = calls.length > shown.length ? [`… and ${calls.length - shown.length} more calls`] : [];
  const each = Math.floor(ROOM.calls / (shown.length + 1)) - sizeOf('\n');
  return [...shown.map((call) => slackJson(call, each)), ...more];
}

function fallback({ headline, place, commands }: Telling): string {
  const first = slackFallback(headline, ROOM.text - 600);
  return [first, slackFallback(place, 400), ...commands.lines.slice(-1)].join('\n');
}
