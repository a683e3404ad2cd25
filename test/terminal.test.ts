// Notices on a terminal: what they say, and that no event can forge a line or move the cursor.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalLines, terminalPeople, terminalText } from '../adapters/terminal.ts';
import { ALERT, everywhere, HOSTILE, hides, NASTY, NOTICES, outcomeIn, REQUEST } from './notices.ts';

describe('a notice', () => {
  test('is told line by line', async () => {
    const lines: string[] = [];
    await terminalPeople((line) => lines.push(line), { '123456789012': { name: 'prod' } }).tell(REQUEST);
    expect(lines).toEqual([
      '[CRITICAL] Answer needed: alice created an access key for bob',
      '  prod (123456789012), us-east-1, 2026-11-20T03:00:00Z',
      '  Who: alice (arn:aws:iam::123456789012:user/alice)',
      '  What: iam:CreateAccessKey on access key AKIAIOSFODNN7EXAMPLE of bob',
      '  From: 203.0.113.9',
      '  With: aws-cli/2.15.0 Python/3.11',
      '  Rule: Access key created for another user (access-key-created)',
      '  Risk 85 of 100:',
      '    +70 because high is the base severity of access-key-created',
      '    +10 because 203.0.113.9 is in no known network',
      '    -5 because the session was opened with MFA',
      '    +10 because prod is a critical account',
      '  Decided: approve, because',
      '    - risk 85 is at least 80',
      '    - mode ask: approve instead of remediate',
      '  Would be done: set access key AKIAIOSFODNN7EXAMPLE of bob to Inactive',
      '  Asked because: mode ask: approve instead of remediate',
      '  Calls that it would make:',
      '    {"call":"iam:UpdateAccessKey","input":{"UserName":"bob","AccessKeyId":"AKIAIOSFODNN7EXAMPLE","Status":"Inactive"}}',
      '  Answer until 2026-11-20 15:00 UTC:',
      '    guardrail approve i4k7m2p9qx.0a1b2c3d --as NAME',
      '    guardrail deny i4k7m2p9qx.0a1b2c3d --as NAME --reason "…"',
      '    guardrail show i4k7m2p9qx',
    ]);
  });

  test('offers the undo of a change that holds', () => {
    expect(terminalLines(outcomeIn('verified')).slice(-3)).toEqual([
      '  To undo it:',
      '    guardrail undo i4k7m2p9qx.0a1b2c3d --as NAME',
      '    guardrail show i4k7m2p9qx',
    ]);
  });

  test.each(HOSTILE.map((each) => [each.slice(0, 40), each]))(
    'with %j in every field keeps its lines',
    (_, hostile) => {
      for (const notice of NOTICES) {
        const lines = terminalLines(everywhere(notice, hostile));
        expect(lines.filter((each) => hides(each) || each.length > 2_010)).toEqual([]);
        expect(lines.length).toBe(terminalLines(everywhere(notice, 'a b')).length + (isPlain(hostile) ? 1 : 0));
      }
    },
  );
});

describe('the escaping layer', () => {
  test.each([
    ['alice', 'alice'],
    ['名前 José 😀 <b> & "c"', '名前 José 😀 <b> & "c"'],
    ['a\r\nguardrail: all is well', 'a\\r\\nguardrail: all is well'],
    ['\u001b[2J\u009b31m\u0007', '\\u{1b}[2J\\u{9b}31m\\u{7}'],
    ['\u202egnp\u2066\u200b', '\\u{202e}gnp\\u{2066}\\u{200b}'],
    ['\ud800', '\\u{d800}'],
  ])('shows %j as %j', (text, escaped) => expect(terminalText(text)).toBe(escaped));

  test('cuts at a whole character, with a mark', () => {
    expect(terminalText('😀'.repeat(10), 6)).toBe('😀😀…');
    expect(terminalText('ab\u202ecd', 9)).toBe('ab…');
    expect(terminalText('abc', 3)).toBe('abc');
  });

  test('the property holds, and catches an escaper that forgets one character', () => {
    const holds = (escaper: (text: string) => string) =>
      fc.check(
        fc.property(NASTY, (text) => !hides(escaper(text)) && escaper(text).length <= 2_000),
        { numRuns: 2_000 },
      );
    expect(holds(terminalText).failed).toBe(false);
    for (const forgotten of ['\n', '\r', '\u001b', '\u202e', '\u200b', '\u2028', '\ud800']) {
      const leaky = (text: string) =>
        text
          .split(forgotten)
          .map((each) => terminalText(each))
          .join(forgotten);
      expect([forgotten, holds(leaky).failed]).toEqual([forgotten, true]);
    }
  });

  test('an alert of ordinary text comes through unchanged', () => {
    for (const line of terminalLines(ALERT)) expect(line).not.toMatch(/[\\…]/);
  });
});

/** An incident id that may stand in a command line adds that line. */
function isPlain(text: string): boolean {
  return /^[a-z0-9-]+$/i.test(text) && text.length < 65;
}
