// What a person reads in Slack, and that no event can say anything else there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slackMessage } from '../adapters/slack-blocks.ts';
import { sizeOf, slackFallback, slackJson, slackText } from '../adapters/slack-escape.ts';
import type { Notice } from '../core/notice.ts';
import { ALERT, changeIn, everywhere, FINDING, HOSTILE, NASTY, NOTICES, outcomeIn, REQUEST } from './notices.ts';
import { fallbackProblems, problemsOf, richProblems, shown, textProblems } from './slack-checks.ts';

const ACCOUNTS = { '123456789012': { name: 'prod' } };

describe('the words', () => {
  test('an alert says what happened, where, why it scores and what was decided', () => {
    expect(shown(slackMessage(ALERT, ACCOUNTS))).toEqual([
      '[CRITICAL] Alert: alice created an access key for bob',
      'prod (123456789012), us-east-1, 2026-11-20T03:00:00Z',
      'Who: alice (arn:aws:iam::123456789012:user/alice)',
      'What: iam:CreateAccessKey on access key AKIAIOSFODNN7EXAMPLE of bob',
      'From: 203.0.113.9',
      'With: aws-cli/2.15.0 Python/3.11',
      'Rule: Access key created for another user (access-key-created)',
      'Risk 85 of 100:',
      '+70 because high is the base severity of access-key-created',
      '+10 because 203.0.113.9 is in no known network',
      '-5 because the session was opened with MFA',
      '+10 because prod is a critical account',
      'Decided: approve, because',
      '- risk 85 is at least 80',
      '- mode ask: approve instead of remediate',
      'All of it:',
      'guardrail show i4k7m2p9qx',
    ]);
  });

  test('a request shows the exact calls, how to answer and until when', () => {
    expect(shown(slackMessage(REQUEST)).slice(-8)).toEqual([
      'Would be done: set access key AKIAIOSFODNN7EXAMPLE of bob to Inactive',
      'Asked because: mode ask: approve instead of remediate',
      'Calls that it would make:',
      JSON.stringify(changeIn('waiting').calls[0]),
      'Answer until 2026-11-20 15:00 UTC:',
      'guardrail approve i4k7m2p9qx.0a1b2c3d --as NAME',
      'guardrail deny i4k7m2p9qx.0a1b2c3d --as NAME --reason "…"',
      'guardrail show i4k7m2p9qx',
    ]);
  });

  test.each([
    ['verified', 'Remedied', 'Approved by ana: not ours', 'guardrail undo i4k7m2p9qx.0a1b2c3d --as NAME'],
    [
      'carried',
      'Remedied, not confirmed yet',
      'Not confirmed: why',
      'It can be undone once it is confirmed. All of it:',
    ],
    ['failed', 'Remedy FAILED', 'Failed: why', 'Calls, of which some may have been made:'],
    ['refused', 'Remedy not carried out', 'Because: why', 'Calls that it would make:'],
    ['denied', 'Remedy denied', 'Denied by ana: planned migration', 'Calls that it would make:'],
    ['expired', 'Nobody answered', 'It can only be done by hand now', 'Calls that it would make:'],
    ['undone', 'Remedy undone', 'Undone by ana: bob needs it', 'Calls that were taken back:'],
  ] as const)('the outcome %s', (state, headline, ...lines) => {
    const message = shown(slackMessage(outcomeIn(state, { reason: 'why' })));
    expect(message[0]).toBe(`[CRITICAL] ${headline}: alice created an access key for bob`);
    expect(message).toEqual(expect.arrayContaining(lines));
  });

  test('a change without an undo offers none', () => {
    expect(shown(slackMessage(outcomeIn('verified', { undo: [] }))).join('\n')).not.toContain('guardrail undo');
  });

  test('notifications get the sentence, the place and where to look', () => {
    const lines = slackMessage(REQUEST, ACCOUNTS).text.split('\n');
    expect(lines[0]).toBe('[CRITICAL] Answer needed: alice created an access key for bob');
    expect(lines[1]).toContain('prod (123456789012)');
    expect(lines[2]).toBe('guardrail show i4k7m2p9qx');
  });

  test('a sentence too long for the header stands whole below it', () => {
    const because = `alice attached ${'a-long-policy-name-'.repeat(12)} to bob`;
    const [header = '', whole] = shown(slackMessage({ kind: 'alert', finding: { ...FINDING, because } }));
    expect(header.endsWith('…')).toBe(true);
    expect(whole).toBe(`[CRITICAL] Alert: ${because}`);
  });

  test('calls too long for a message are cut with a note', () => {
    const PolicyDocument = JSON.stringify({ Statement: Array.from({ length: 200 }, () => ({ Effect: 'Deny' })) });
    const calls = [{ call: 'iam:PutUserPolicy', input: { UserName: 'bob', PolicyName: 'p', PolicyDocument } }] as const;
    const message = slackMessage(outcomeIn('verified', { calls: [...calls] }));
    expect(shown(message).find((each) => each.startsWith('{"call":"iam:PutUserPolicy"'))).toMatch(/… \(cut\)$/);
    expect(problemsOf(message)).toEqual([]);
  });

  test('an expiry that is no date does not hinder the message', () => {
    const notice: Notice = { kind: 'request', finding: FINDING, change: changeIn('waiting', { expires: 9e15 }) };
    expect(shown(slackMessage(notice))).toContain('Answer while it waits:');
  });

  test('a command line holds nothing but an id of our making', () => {
    for (const id of [
      'x; curl evil.example',
      'i4k7m2p9qx.$(id)',
      '--state=/tmp/x',
      'other.0a1b2c3d',
      'i4k7m2p9qx.a b',
    ]) {
      const notice: Notice = { kind: 'request', finding: FINDING, change: changeIn('waiting', { id }) };
      expect(shown(slackMessage(notice)).filter((each) => each.startsWith('guardrail '))).toEqual([
        'guardrail show i4k7m2p9qx',
      ]);
    }
  });
});

describe('hostile text', () => {
  test.each(HOSTILE.map((each) => [each.slice(0, 40), each]))('%j in every field', (_, hostile) => {
    for (const notice of NOTICES) {
      expect(problemsOf(slackMessage(everywhere(notice, hostile), ACCOUNTS))).toEqual([]);
      expect(problemsOf(slackMessage(everywhere(notice, hostile, []), ACCOUNTS))).toEqual([]);
    }
  });

  test('an event adds no line', () => {
    const lines = (notice: Notice) => shown(slackMessage(notice)).length;
    expect(lines(everywhere(ALERT, 'a\nb\r\nc\u2028d'))).toBe(lines(everywhere(ALERT, 'a b')));
  });

  test('a very long list does not push out what comes after it', () => {
    const factors = Array.from({ length: 500 }, () => ({ id: 'x', points: 1, because: '<'.repeat(500) }));
    const calls = Array.from({ length: 300 }, () => changeIn('waiting').calls).flat();
    const message = slackMessage({
      kind: 'request',
      finding: { ...FINDING, factors },
      change: changeIn('waiting', { calls }),
    });
    expect(problemsOf(message)).toEqual([]);
    expect(shown(message)).toContain('and 486 more');
    expect(shown(message)).toContain('guardrail approve i4k7m2p9qx.0a1b2c3d --as NAME');
  });

  test('any text', () => {
    fc.assert(
      fc.property(
        NASTY,
        fc.constantFrom(...NOTICES),
        (text, notice) => problemsOf(slackMessage(everywhere(notice, text))).length === 0,
      ),
      { numRuns: 300 },
    );
  });
});

describe('the escaping layer', () => {
  test.each([
    'deploy_role',
    'arn:aws:iam::123456789012:role/deploy',
    'iam:*',
    "O'Brien",
    '名前',
    'José',
    '198.51.100.7',
    '2001:db8::1',
    '2026-11-20T03:00:00Z',
  ])('leaves %s as it is', (name) => expect(slackText(name, 100)).toBe(name));

  test.each([
    ['<@U1> & co', '&lt;[@]U1&gt; &amp; co'],
    ['https://evil.example', 'https[:]//evil[.]example'],
    ['bob@evil.example #general', 'bob[@]evil[.]example [#]general'],
    ['mailto:bob', 'mailto[:]bob'],
    [`z${'\u0301'.repeat(5)}`, `z${'\u0301'.repeat(3)}\\u{301}\\u{301}`],
    ['a\nb\u202ec\u001b[0m', 'a\\nb\\u{202e}c\\u{1b}[0m'],
  ])('shows %j as %j', (text, escaped) => expect(slackText(text, 100)).toBe(escaped));

  test('never cuts within an entity, an escape or a character', () => {
    const text = '<@😀&\u202e.com"\\>'.repeat(20);
    for (let limit = 3; limit < 200; limit += 1) {
      const cut = slackText(text, limit);
      expect([cut, textProblems(cut), sizeOf(cut) <= limit]).toEqual([cut, [], true]);
      expect(slackText(text, 10_000).startsWith(cut.slice(0, -1))).toBe(true);
    }
  });

  test('JSON that is not cut parses to the same value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(NASTY, NASTY),
        (value) => JSON.stringify(JSON.parse(slackJson(value, 1e7))) === JSON.stringify(value),
      ),
      { numRuns: 100 },
    );
    fc.assert(fc.property(NASTY, (text) => richProblems(slackJson({ text }, 300)).length === 0));
    expect(richProblems(slackJson({ a: 'https://evil.example <!channel> @here' }, 1_000))).toEqual([]);
  });

  test.each([
    ['plain text', slackText, textProblems],
    ['the fallback', slackFallback, fallbackProblems],
  ] as const)(
    'the property for %s holds, and catches an escaper that forgets one character',
    (_, escaper, problems) => {
      const holds = (subject: typeof escaper) =>
        fc.check(
          fc.property(NASTY, (text) => problems(subject(text, 500)).length === 0),
          { numRuns: 2_000 },
        );
      expect(holds(escaper).failed).toBe(false);
      for (const forgotten of ['&', '<', '>', '@', '\n', '\u202e', '\u200b', '\u001b', '\u2028', '.', ':', '\ud800']) {
        const leaky: typeof escaper = (text, limit) =>
          text
            .split(forgotten)
            .map((each) => escaper(each, limit))
            .join(forgotten);
        expect([forgotten, holds(leaky).failed]).toEqual([forgotten, true]);
      }
    },
  );

  test('takes time in proportion to the limit, not to the text', () => {
    const started = performance.now();
    for (const unit of ['.', '*', '\u0301', 'mailto', '<', '\ud800', ':/'])
      slackFallback(unit.repeat(2_000_000), 3_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
