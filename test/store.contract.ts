// What the line may rely on, whichever store it runs on: one suite, run against every driver.
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { behavesLikeTheModel, type MakeStore } from './store.model.ts';
import { aList, anItemThatExpires, whatEventsWrite } from './store.reads.ts';
import { aTransaction, manyAtOnce, oneWrite } from './store.writes.ts';

/** `runs` is how many sequences of steps are tried against the model. */
export function storeContract(name: string, makeStore: MakeStore, { runs = 200 } = {}): void {
  describe(name, () => {
    for (const part of [oneWrite, aTransaction, aList, whatEventsWrite, manyAtOnce, anItemThatExpires]) part(makeStore);

    test('any sequence of steps has the answers of a plain map', async () => {
      await fc.assert(behavesLikeTheModel(makeStore), { numRuns: runs });
    });
  });
}
