// What Slack must never get, written down without the code that sees to it.
import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../adapters/slack-blocks.ts';
import { hides } from './notices.ts';

type Texts = { plain: string[]; rich: string[]; problems: string[] };

/** Everything that is wrong with a message; nothing where Slack takes it and shows it as it is meant. */
export function problemsOf(message: SlackMessage): string[] {
  const texts = message.blocks.map(textsOf);
  const fallback = withoutCommands(message.text);
  return [
    ...texts.flatMap((each) => each.problems),
    ...texts.flatMap((each) => each.plain.flatMap(textProblems)),
    ...texts.flatMap((each) => each.rich.flatMap((text) => richProblems(withoutCommands(text)))),
    ...fallback.split('\n').flatMap(fallbackProblems),
    ...found(message.text === '' || message.text.length > 4_000, 'the fallback is empty or too long'),
    ...found(message.blocks.length > 50, 'more than 50 blocks'),
    ...found(Buffer.byteLength(JSON.stringify(message.blocks)) > 12_500, 'the blocks are too long together'),
  ];
}

function textsOf(block: KnownBlock): Texts {
  const json = JSON.stringify(block);
  const problems = [
    ...found(json.includes('"mrkdwn"'), 'an element is mrkdwn'),
    ...found(/"type":"(link|user|channel|broadcast|emoji)"/.test(json), 'an element acts'),
  ];
  switch (block.type) {
    case 'header':
      return {
        plain: [block.text.text],
        rich: [],
        problems: [...problems, ...lengths(block.text.text, 150), ...found(block.text.emoji !== false, 'emoji')],
      };
    case 'section': {
      const text = block.text?.type === 'plain_text' && block.text.emoji === false ? block.text.text : '';
      return { plain: text.split('\n'), rich: [], problems: [...problems, ...lengths(text, 3_000)] };
    }
    case 'rich_text': {
      const elements = block.elements.flatMap((each): { type: string; text?: string }[] =>
        each.type === 'rich_text_section' || each.type === 'rich_text_preformatted'
          ? each.elements
          : [{ type: each.type }],
      );
      const rich = elements.map((each) => (each.type === 'text' ? (each.text ?? '') : ''));
      return { plain: [], rich, problems: [...problems, ...rich.flatMap((text) => lengths(text, 3_000))] };
    }
    default:
      return { plain: [], rich: [], problems: [`a block of type ${block.type}`] };
  }
}

export function textProblems(text: string): string[] {
  return [
    ...found(/[<>]|&(?!(?:amp|lt|gt);)/.test(text), 'raw & < >'),
    ...found(/(?<!\[)[@＠]|[@＠](?!\])/.test(text), 'a mention'),
    ...found(/:\/\/|mailto:\S|\.\p{L}|。\p{L}/u.test(text), 'a link'),
    ...unseen(text),
  ];
}

export function richProblems(text: string): string[] {
  return [
    ...found(/[<>&@＠]/.test(text), 'a sign'),
    ...found(/:\/\/|\.\p{L}|。\p{L}/u.test(text), 'a link'),
    ...text.split('\n').flatMap(unseen),
  ];
}

export function fallbackProblems(text: string): string[] {
  return [
    ...textProblems(text),
    ...found(/(?:^|[^\p{L}\p{N}])[*_~`]|[*_~`](?:$|[^\p{L}\p{N}])|^\s*&gt;/u.test(text), 'a mark'),
  ];
}

function unseen(text: string): string[] {
  return [...found(hides(text), 'something unseen'), ...found(!text.isWellFormed(), 'half a character')];
}

function lengths(text: string, most: number): string[] {
  return found(text.length < 1 || text.length > most, `${text.length} characters`);
}

function found(is: boolean, problem: string): string[] {
  return is ? [problem] : [];
}

/** Our own command lines, in their exact form, are taken out: their ids hold a dot. */
function withoutCommands(text: string): string {
  const ours =
    /^guardrail (?:show [a-z0-9-]+|(?:approve|undo) [a-z0-9-]+\.[a-z0-9]+ --as NAME|deny [a-z0-9-]+\.[a-z0-9]+ --as NAME --reason "…")$/i;
  return text
    .split('\n')
    .filter((each) => !ours.test(each))
    .join('\n');
}

/** The lines of a message as a person reads them. */
export function shown({ blocks }: SlackMessage): string[] {
  return blocks.map(textsOf).flatMap(({ plain, rich }) => [...plain, ...rich.flatMap((each) => each.split('\n'))]);
}
