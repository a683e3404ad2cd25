// The sandbox answers the scripts of the account contract as moto did, and every operation of it is in a script.
import { expect, test } from 'vitest';
import { ACCOUNT, user } from '../events/did.ts';
import { OPERATIONS, sandboxAccount } from '../sandbox/account.ts';
import type { OperationName } from '../sandbox/operations.ts';
import { accountContract } from './account.contract.ts';
import { SCRIPTS } from './account.scripts.ts';

accountContract('the sandbox', async () => {
  const sandbox = sandboxAccount({ clock: { now: () => Date.parse('2026-11-20T03:12:45Z') } });
  const admin = sandbox.as(user('admin'));
  return {
    account: ACCOUNT,
    port: sandbox.account,
    call: (name, input) => admin.call(name as OperationName, input as never),
  };
});

test('every operation of the sandbox is in a script', () => {
  const used = new Set(Object.values(SCRIPTS).flatMap((steps) => steps.map(([name]) => name)));
  expect(OPERATIONS.filter((each) => !used.has(each))).toEqual([]);
});
