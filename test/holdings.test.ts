// What an event gives somebody depends on what they have: told by a snapshot of the account, by earlier events, or by nobody.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyArchive } from '../adapters/archive.ts';
import { snapshotArchive } from '../adapters/snapshot.ts';
import { detect } from '../core/guard.ts';
import type { Line } from '../core/line.ts';
import type { Archive } from '../core/ports.ts';
import { DEFAULTS } from '../core/settings.ts';
import { did, user } from '../events/did.ts';
import { allows, type Details, type Event, inline, type Part, STORIES, withLambda } from './holdings.cases.ts';
import { world } from './world.ts';

const listed = (
  title: string,
  name: string,
  { inline: own = {}, attached: arns = [], groups = [], boundary }: Part,
) => ({
  [`${title}Name`]: name,
  [`${title}PolicyList`]: Object.entries(own).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
  AttachedManagedPolicies: arns.map((PolicyArn) => ({ PolicyArn })),
  GroupList: groups,
  ...(boundary ? { PermissionsBoundary: { PermissionsBoundaryArn: boundary } } : {}),
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-holdings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function snapshot({ users = {}, groups = {}, policies = {} }: Details): Archive {
  const file = join(folder, 'details.json');
  const details = {
    UserDetailList: Object.entries(users).map(([name, part]) => listed('User', name, part)),
    GroupDetailList: Object.entries(groups).map(([name, part]) => listed('Group', name, part)),
    RoleDetailList: [],
    Policies: Object.entries(policies).map(([Arn, Document]) => ({
      Arn,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }],
    })),
  };
  writeFileSync(file, JSON.stringify(details));
  return snapshotArchive(file);
}

/** The finding of the last event: its points, its decision, and the end of its sentence. */
async function told(archive: Archive, events: Event[]) {
  const scene = world({ settings: { ...DEFAULTS, mode: 'auto' } });
  const start = scene.start();
  const line: Line = { ...start, ports: { ...start.ports, archive } };
  let last: { risk: number; decision: string; because: string; factors: { id: string }[] } | undefined;
  for (const [name, request, response] of events) {
    scene.clock.pass(60_000);
    const time = new Date(scene.clock.now()).toISOString();
    const { fresh } = await detect(
      did(user('alice'), name, request, { time, ...(response ? { response } : {}) }),
      line,
    );
    last = fresh[0];
  }
  if (!last) throw new Error('no finding');
  return last;
}

describe('stories', () => {
  test.each(STORIES)('%s', async (_story, details, events, says, comesTo) => {
    const archive = details ? snapshot(details) : emptyArchive;
    const { because, risk, decision } = await told(archive, events);
    expect(because.endsWith(says), because).toBe(true);
    expect(`${risk} ${decision}`).toBe(comesTo);
  });
});

test('with more changes of one principal than are kept in mind, not everything is known', async () => {
  const decoys = Array.from({ length: 101 }, (_, at) =>
    inline(allows('s3:GetObject', `arn:aws:s3:::x${at}`), `decoy${at}`),
  );
  const archive = snapshot({ users: { bob: {} } });
  const { factors } = await told(archive, [...decoys, withLambda]);
  expect(factors.map((each) => each.id)).toContain('unknown');
});
