import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { undoAs } from '../core/approval.ts';
import type { Call, Read, ReadName } from '../core/operations.ts';
import type { Account } from '../core/ports.ts';
import type { Remediation } from '../core/remediation.ts';
import { remediations } from '../remediations/index.ts';
import { attacks } from './attacks.ts';
import { approveAll, world } from './world.ts';

const ORDER = ['id', 'title', 'why', 'target', 'reach', 'needs', 'observe', 'precheck', 'plan', 'verify', 'examples'];

test('every file is in the index, and ids equal file names', () => {
  const files = readdirSync(new URL('../remediations', import.meta.url)).filter((each) => each !== 'index.ts');
  expect(remediations.map((each) => `${each.id}.ts`)).toEqual(files.sort());
});

describe.each(remediations.map((each) => [each.id, each] as const))('%s', (_, unit) => {
  test('is told whole, in order', () => {
    expect(Object.keys(unit)).toEqual(ORDER);
    expect(unit.why.length).toBeGreaterThan(100);
    const examples = Object.values(unit.examples);
    expect(examples.some((each) => each.says)).toBe(true);
    expect(examples.some((each) => each.refuses)).toBe(true);
  });

  test.each(Object.entries(unit.examples))('%s', (_title, { target, seen, says, refuses }) => {
    expect(unit.precheck(seen, target)).toBe(refuses);
    if (refuses) return;
    const plan = unit.plan(seen, target);
    expect(plan.says).toBe(says);
    expect(unit.verify(seen, target), 'not done yet').toBe(false);
    expect(plan.undo.length, 'every plan has its undo').toBeGreaterThan(0);
    for (const { call } of [...plan.apply, ...plan.undo]) expect(unit.needs).toContain(call);
  });
});

/** An account that notes the operations that are asked of it. */
function noting(account: Account, made: Set<string>): Account {
  const read: Read = (name, input) => {
    made.add(name);
    return account.read(name, input);
  };
  return {
    read,
    write(call: Call) {
      made.add(call.call);
      return account.write(call);
    },
  };
}

/** Operations that the guards around a change ask for, whatever the remediation. */
const GUARDS: ReadName[] = ['iam:GetPolicy', 'iam:GetPolicyVersion'];

test('a remediation makes no call that it does not name in `needs`', async () => {
  const used = new Map<Remediation['id'], Set<string>>();
  for (const attack of Object.values(attacks)) {
    const made = used.get(attack.remediation) ?? new Set<string>();
    used.set(attack.remediation, made);
    const scene = world({ account: (account) => noting(account, made) });
    await attack.before(scene.sandbox);
    scene.records.length = 0;
    await attack.seen?.(scene.sandbox);
    await scene.run();
    await attack.act(scene.sandbox);
    await scene.run();
    await approveAll(scene);
    for (const change of await scene.changes()) await undoAs(change.id, { by: 'ana', reason: 'test' }, scene.start());
  }
  for (const unit of remediations) {
    const made = [...(used.get(unit.id) ?? [])].filter((each) => !GUARDS.includes(each as ReadName));
    expect(
      made.filter((each) => !unit.needs.includes(each as ReadName)),
      `${unit.id} makes calls that it does not name`,
    ).toEqual([]);
  }
});
