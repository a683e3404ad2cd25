// Planned faults happen when they were planned, and leave the account as they say.
import { describe, expect, test } from 'vitest';
import { AwsError } from '../core/operations.ts';
import { user } from '../events/did.ts';
import { sandboxAccount } from '../sandbox/account.ts';
import { Crash, type Fault, withFaults } from '../sandbox/faults.ts';

describe('faults', () => {
  const deactivate = (id: string | undefined, Status: 'Active' | 'Inactive' = 'Inactive') =>
    ({ call: 'iam:UpdateAccessKey', input: { UserName: 'bob', AccessKeyId: id, Status } }) as const;

  async function faulty(...faults: Fault[]) {
    const sandbox = sandboxAccount({ clock: { now: () => Date.parse('2026-11-20T03:12:45Z') } });
    const admin = sandbox.as(user('admin'));
    await admin.call('iam:CreateUser', { UserName: 'bob' });
    const { AccessKey } = await admin.call('iam:CreateAccessKey', { UserName: 'bob' });
    const account = withFaults(sandbox.account, faults);
    const status = async (from = account) =>
      (await from.read('iam:ListAccessKeys', { UserName: 'bob' }))?.AccessKeyMetadata?.[0]?.Status;
    return {
      account,
      key: AccessKey?.AccessKeyId,
      status,
      truth: () => status({ ...account, read: sandbox.account.read }),
    };
  }

  test('a crash before a write leaves it undone, once', async () => {
    const { account, key, truth } = await faulty({ kind: 'crash', when: 'before', write: 1 });
    await expect(account.write(deactivate(key))).rejects.toThrow(Crash);
    expect(await truth()).toBe('Active');
    await account.write(deactivate(key));
    expect(await truth()).toBe('Inactive');
    expect(account.made).toHaveLength(1);
  });

  test('a crash after a write leaves it done', async () => {
    const { account, key, truth } = await faulty({ kind: 'crash', when: 'after', write: 2 });
    await account.write(deactivate(key, 'Active'));
    await expect(account.write(deactivate(key))).rejects.toThrow(Crash);
    expect(await truth()).toBe('Inactive');
  });

  test('a lost answer is a retryable error of a write that was made', async () => {
    const { account, key, truth } = await faulty({ kind: 'lost', write: 1 });
    const failure = await account.write(deactivate(key)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AwsError);
    expect(failure).toMatchObject({ retryable: true });
    expect(await truth()).toBe('Inactive');
  });

  test('throttling refuses one call, a write or a read', async () => {
    const { account, key, status } = await faulty({ kind: 'throttled', write: 1 }, { kind: 'throttled', read: 1 });
    await expect(account.write(deactivate(key))).rejects.toMatchObject({ code: 'Throttling', retryable: true });
    await expect(status()).rejects.toMatchObject({ code: 'Throttling', retryable: true });
    expect(await status()).toBe('Active');
  });

  test('stale reads answer as before the write, for so many reads', async () => {
    const { account, key, status, truth } = await faulty({ kind: 'stale', reads: 2 });
    expect(await status()).toBe('Active');
    await account.write(deactivate(key));
    expect(await truth()).toBe('Inactive');
    expect([await status(), await status(), await status()]).toEqual(['Active', 'Active', 'Inactive']);
  });
});
