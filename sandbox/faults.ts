// An account on a bad day, planned beforehand: what the line must survive, tests can make happen.
import { canonical } from '../core/journal.ts';
import { AwsError, type Call, type ReadName, type Reads } from '../core/operations.ts';
import type { Account } from '../core/ports.ts';

/** What goes wrong. `write` and `read` count the calls through this wrapper, from 1. */
export type Fault =
  /** The process ends before or after the call: it throws a `Crash`, which nothing should catch. */
  | { kind: 'crash'; when: 'before' | 'after'; write: number }
  /** The call is carried out, and its answer is lost on the way back. */
  | { kind: 'lost'; write: number }
  /** The call is refused unseen, and may be repeated. */
  | { kind: 'throttled'; write: number }
  | { kind: 'throttled'; read: number }
  /** After each write, so many reads of what was read before answer as they did then: IAM is eventually consistent. */
  | { kind: 'stale'; reads: number };

/** Stands for the end of the process: a Lambda that ran out of time or memory. */
export class Crash extends Error {
  constructor(when: string, write: number) {
    super(`crash ${when} write ${write}`);
    this.name = 'Crash';
  }
}

/** The account with the faults. Writes that reach it are counted in `made`. */
export function withFaults(account: Account, faults: Fault[]): Account & { made: Call[] } {
  const made: Call[] = [];
  const memory = staleness(faults);
  let reads = 0;
  let writes = 0;
  return {
    made,
    async read<Name extends ReadName>(name: Name, input: Reads[Name][0]) {
      reads += 1;
      if (faults.some((each) => each.kind === 'throttled' && 'read' in each && each.read === reads))
        throw throttled(name);
      return memory.read(`${name} ${canonical(input)}`, () => account.read(name, input));
    },
    async write(call) {
      writes += 1;
      const [fault] = faults.filter((each) => 'write' in each && each.write === writes);
      before(fault, call, writes);
      const answer = await account.write(call);
      made.push(call);
      memory.age();
      after(fault, call, writes);
      return answer;
    },
  };
}

function before(fault: Fault | undefined, call: Call, write: number): void {
  if (fault?.kind === 'crash' && fault.when === 'before') throw new Crash('before', write);
  if (fault?.kind === 'throttled') throw throttled(call.call);
}

function after(fault: Fault | undefined, call: Call, write: number): void {
  if (fault?.kind === 'crash') throw new Crash('after', write);
  if (fault?.kind === 'lost') throw new AwsError(call.call, 'TimeoutError', 'the answer was lost', { retryable: true });
}

function throttled(call: string): AwsError {
  return new AwsError(call, 'Throttling', 'Rate exceeded', { retryable: true });
}

/** Remembers answers, and gives them again for a number of reads after a write. */
function staleness(faults: Fault[]) {
  const span = faults.find((each) => each.kind === 'stale')?.reads ?? 0;
  const remembered = new Map<string, unknown>();
  let left = 0;
  return {
    age: () => {
      left = span;
    },
    async read<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
      if (left > 0) left -= 1;
      else remembered.delete(question);
      if (remembered.has(question)) return remembered.get(question) as Answer;
      const answer = await ask();
      remembered.set(question, answer);
      return answer;
    },
  };
}
