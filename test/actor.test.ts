// Who acted, by the shapes of `actor.cases.ts`, and by what is no shape at all.
import { describe, expect, test } from 'vitest';
import { actorOf, isReservedRole } from '../events/actor.ts';
import { activityOf } from '../events/cloudtrail.ts';
import { did, root } from '../events/did.ts';
import { cases, reserved } from './actor.cases.ts';

test.each(cases)('$title', ({ identity, extra, is }) => {
  expect(actorOf(identity, extra ?? {})).toMatchObject(is);
});

describe('an identity that is no object', () => {
  test.each([[null], [undefined], ['root'], [7], [[root]]])('%j', (identity) => {
    const reading = activityOf(
      did(root, 'iam:CreateUser', { userName: 'x' }, { record: { userIdentity: identity } }),
      0,
    );
    expect(reading).toMatchObject({ ok: true, activity: { actor: { kind: 'unknown' }, hidden: ['userIdentity'] } });
  });
});

test('fields of the wrong type are no fields', () => {
  const actor = actorOf(
    { type: 'IAMUser', arn: 7, userName: ['a'], accountId: {}, accessKeyId: null, sessionContext: 'x' },
    {},
  );
  expect(actor).toMatchObject({ kind: 'user', id: 'unknown user', account: undefined, key: undefined, mfa: 'unknown' });
});

test.each([
  [`${reserved}/AWSReservedSSO_Admin_0123456789abcdef`, true],
  ['AWSReservedSSO_Admin_0123456789abcdef', true],
  ['arn:aws:iam::111122223333:role/deploy', false],
  ['arn:aws:iam::111122223333:role/x:role/aws-reserved/sso.amazonaws.com/evil', false],
])('reserved: %s %s', (role, is) => {
  expect(isReservedRole(role)).toBe(is);
});
