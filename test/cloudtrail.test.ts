// The door takes anything: the three envelopes, odd records, and what nobody thought of.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Activity } from '../events/activity.ts';
import { activityOf, envelopeOf, isFromAws, nameOf, recordsOf } from '../events/cloudtrail.ts';
import { type CloudTrailRecord, did, role, root, user } from '../events/did.ts';

const one = did(user('alice'), 'iam:CreateUser', { userName: 'bob' });
const two = did(user('alice'), 'iam:DeleteUser', { userName: 'bob' });
const envelope = (detail: unknown) => ({
  version: '0',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.iam',
  detail,
});

describe('envelopes', () => {
  test.each([
    ['a raw record', one, [one]],
    ['a trail file', { Records: [one, two] }, [one, two]],
    ['an empty trail file', { Records: [] }, []],
    ['an EventBridge event', envelope(one), [one]],
    ['an array of raw records', [one, two], [one, two]],
    ['an array of EventBridge events', [envelope(one), envelope(two)], [one, two]],
    ['every shape at once', [one, envelope(two), { Records: [one] }, [two]], [one, two, one, two]],
    ['a trail file of EventBridge events', { Records: [envelope(one)] }, [one]],
    ['an EventBridge event with nothing in it', envelope(null), [null]],
    ['`Records` that is no list', { Records: 'x' }, [{ Records: 'x' }]],
    ['null', null, [null]],
  ])('%s', (_, input, records) => {
    expect(recordsOf(input)).toEqual(records);
  });

  test('nested deeper than any stack', () => {
    let nested: unknown = one;
    for (let each = 0; each < 200_000; each += 1) nested = [nested];
    expect(recordsOf(nested)).toEqual([one]);
  });

  test('more records than a call takes arguments', () => {
    expect(recordsOf({ Records: Array.from({ length: 300_000 }, () => one) })).toHaveLength(300_000);
  });

  test.each([
    [envelope(one), true],
    [{ ...envelope(one), source: 'com.example' }, false],
    [{ ...envelope(one), source: 7 }, false],
    [one, false],
    [null, false],
  ])('from AWS itself: %#', (event, is) => {
    expect(isFromAws(event)).toBe(is);
  });

  test.each([
    [one, 'aws.iam', 'AWS API Call via CloudTrail'],
    [did(root, 'signin:ConsoleLogin'), 'aws.signin', 'AWS Console Sign In via CloudTrail'],
    [{ eventSource: 'kms.amazonaws.com', eventType: 'AwsServiceEvent' }, 'aws.kms', 'AWS Service Event via CloudTrail'],
    ['no record', 'aws.unknown', 'AWS API Call via CloudTrail'],
  ])('the envelope of a record: %#', (record, source, type) => {
    expect(envelopeOf(record)).toEqual({ source, 'detail-type': type, detail: record });
  });
});

describe('names', () => {
  test.each([
    ['iam.amazonaws.com', 'CreateUser', 'iam:CreateUser'],
    ['lambda.amazonaws.com', 'CreateFunction20150331', 'lambda:CreateFunction'],
    ['lambda.amazonaws.com', 'AddPermission20150331v2', 'lambda:AddPermission'],
    ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', 'lambda:UpdateFunctionCode'],
    ['lambda.amazonaws.com', 'CreateFunctionUrlConfig', 'lambda:CreateFunctionUrlConfig'],
    ['cloudfront.amazonaws.com', 'UpdateDistribution2020_05_31', 'cloudfront:UpdateDistribution2020_05_31'],
    ['sts', 'AssumeRole', 'sts:AssumeRole'],
    ['', 'CreateUser', undefined],
    ['iam.amazonaws.com', '', undefined],
    [7, 'CreateUser', undefined],
    ['iam.amazonaws.com', null, undefined],
  ])('%s %s', (eventSource, eventName, name) => {
    expect(nameOf({ eventSource, eventName })).toBe(name);
  });
});

type Read = { title: string; record: CloudTrailRecord; is: Partial<Activity> };

const records: Read[] = [
  {
    title: 'an ordinary call',
    record: one,
    is: { failed: undefined, hidden: [], readOnly: false, kind: 'api', time: Date.parse('2026-11-20T03:12:45Z') },
  },
  {
    title: 'a sign-in',
    record: did(root, 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Success' } }),
    is: { kind: 'sign-in', failed: undefined, hidden: [] },
  },
  {
    title: 'a sign-in that failed, known by its message',
    record: did(root, 'signin:ConsoleLogin', null, { record: { errorMessage: 'Failed authentication' } }),
    is: { failed: { code: 'Failure', message: 'Failed authentication' } },
  },
  {
    title: 'a sign-in that failed, known by its outcome',
    record: did(root, 'signin:ConsoleLogin', null, { response: { ConsoleLogin: 'Failure' } }),
    is: { failed: { code: 'Failure', message: '' } },
  },
  {
    title: 'a sign-in type in the spelling of older records',
    record: did(root, 'signin:ConsoleLogin', null, { record: { eventType: 'AwsConsoleSignin' } }),
    is: { kind: 'sign-in' },
  },
  {
    title: 'a refusal',
    record: did(user('alice'), 'iam:CreateUser', { userName: 'bob' }, { error: 'AccessDenied' }),
    is: { failed: { code: 'AccessDenied', message: 'AccessDenied for an example' }, hidden: [] },
  },
  {
    title: 'a service event, with its details',
    record: did({ invokedBy: 'kms.amazonaws.com' }, 'kms:RotateKey', null, {
      record: { eventType: 'AwsServiceEvent', serviceEventDetails: { keyId: 'k' } },
    }),
    is: { kind: 'service', extra: { keyId: 'k' }, hidden: [] },
  },
  {
    title: 'an event of another kind',
    record: did(root, 'signin:SwitchRole', null, { record: { eventType: 'AwsConsoleAction' } }),
    is: { kind: 'other' },
  },
  {
    title: 'a write that does not say to what',
    record: did(user('alice'), 'iam:AttachUserPolicy', null),
    is: { hidden: ['requestParameters'], request: {} },
  },
  {
    title: 'a write that does not say to what, in another spelling',
    record: did(user('alice'), 'iam:AttachUserPolicy', null, { record: { readOnly: 'false' } }),
    is: { hidden: ['requestParameters'] },
  },
  {
    title: 'a write without parameters whose answer says to what',
    record: did(user('alice'), 'iam:CreateAccessKey', null, { response: { accessKey: { userName: 'alice' } } }),
    is: { hidden: [] },
  },
  {
    title: 'a read without parameters',
    record: did(user('alice'), 'iam:ListUsers', null),
    is: { hidden: [], readOnly: true },
  },
  {
    title: 'hidden fields',
    record: did(
      user('alice'),
      'iam:CreateUser',
      { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS', path: '/' },
      { response: { user: 'HIDDEN_DUE_TO_SECURITY_REASONS' } },
    ),
    is: { hidden: ['userName', 'user'] },
  },
  {
    title: 'a user name that was typed wrongly at the sign-in page',
    record: did({ type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, 'signin:ConsoleLogin', null, {
      response: { ConsoleLogin: 'Failure' },
    }),
    is: { hidden: ['userName'] },
  },
  {
    title: 'parameters cut to a text',
    record: did(user('alice'), 'iam:CreateUser', null, { record: { requestParameters: '{"userName":"bo' } }),
    is: { hidden: ['requestParameters'], request: {} },
  },
  {
    title: 'parameters too long to be recorded',
    record: did(user('alice'), 'iam:CreateUser', { omitted: true, originalSize: 120_000, reason: 'too large' }),
    is: { hidden: ['requestParameters'] },
  },
  {
    title: 'a time that is none',
    record: did(user('alice'), 'iam:CreateUser', { userName: 'x' }, { time: 'yesterday' }),
    is: { time: 42, hidden: ['eventTime'] },
  },
  {
    title: 'a record without an id is known by its content',
    record: { ...one, eventID: undefined },
    is: { eventId: null, id: expect.stringMatching(/^digest-[0-9a-f]{32}$/) },
  },
  {
    title: 'a record without its account: that of the actor',
    record: {
      ...did(role('partner', 'x', '999988887777'), 'iam:CreateUser', { userName: 'x' }),
      recipientAccountId: undefined,
    },
    is: { account: '999988887777' },
  },
  {
    title: 'keys in another case',
    record: { ...Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'requestID')), RequestId: 'r' },
    is: { requestId: 'r' },
  },
];

describe('records', () => {
  test.each(records)('$title', ({ record, is }) => {
    expect(activityOf(record, 42)).toMatchObject({ ok: true, activity: is });
  });

  test.each([
    [null, 'not a CloudTrail record but null'],
    ['x', 'not a CloudTrail record but a string'],
    [[], 'not a CloudTrail record but an array'],
    [{}, 'no eventName'],
    [{ eventName: 'CreateUser' }, 'no eventSource'],
  ])('no record: %j', (record, reason) => {
    expect(activityOf(record, 0)).toEqual({ ok: false, reason });
  });

  test('the same content has the same digest, another has another', () => {
    const idOf = (record: CloudTrailRecord) => {
      const reading = activityOf({ ...record, eventID: undefined }, 0);
      return reading.ok ? reading.activity.id : undefined;
    };
    expect(idOf(one)).toBe(idOf({ ...one }));
    expect(idOf(one)).not.toBe(idOf(two));
  });

  test('a record nested deeper than any stack, without an id', () => {
    let deep: unknown = 'end';
    for (let each = 0; each < 200_000; each += 1) deep = [deep];
    expect(activityOf({ ...one, eventID: undefined, requestParameters: { deep } }, 0).ok).toBe(true);
  });
});

describe('anything', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true });
  const keys = Object.keys({ ...one, additionalEventData: 0, serviceEventDetails: 0, errorCode: 0, errorMessage: 0 });
  const recordLike = fc
    .tuple(
      fc.record(Object.fromEntries(keys.map((key) => [key, anything])), { requiredKeys: [] }),
      fc.record({ eventName: fc.string(), eventSource: fc.string() }, { requiredKeys: [] }),
      fc.record({ userIdentity: identityLike(anything) }, { requiredKeys: [] }),
    )
    .map((parts) => Object.assign({}, ...parts));

  test.each([
    ['any value', anything],
    ['records with any values', recordLike],
    ['envelopes with any values', recordLike.map(envelope)],
    ['trail files with any values', fc.array(fc.oneof(anything, recordLike)).map((Records) => ({ Records }))],
  ])('%s is read without throwing', (_, values) => {
    const property = fc.property(values as fc.Arbitrary<unknown>, (value) => {
      for (const record of recordsOf(value)) {
        const name = nameOf(record);
        const reading = activityOf(record, 42);
        expect(reading.ok).toBe(name !== undefined);
        if (reading.ok) expect(new Date(reading.activity.time).toISOString()).toBeTypeOf('string');
      }
    });
    fc.assert(property, { numRuns: 1000 });
  });
});

/** Identities of every known type whose fields hold anything. */
function identityLike(anything: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const types = ['Root', 'IAMUser', 'AssumedRole', 'Role', 'FederatedUser', 'IdentityCenterUser', 'SAMLUser'];
  return fc.record(
    {
      type: fc.constantFrom(...types, 'WebIdentityUser', 'AWSService', 'AWSAccount', 'Unknown'),
      arn: fc.oneof(fc.string(), anything),
      principalId: fc.oneof(fc.string(), anything),
      accountId: fc.oneof(fc.string(), anything),
      accessKeyId: fc.oneof(fc.string(), anything),
      userName: fc.oneof(fc.string(), anything),
      invokedBy: fc.oneof(fc.string(), anything),
      sessionContext: fc.oneof(fc.record({ sessionIssuer: anything, attributes: anything }), anything),
      onBehalfOf: anything,
    },
    { requiredKeys: [] },
  );
}
