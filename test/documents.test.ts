import { expect, test } from 'vitest';
import { liveArchive } from '../adapters/archive.ts';
import { detect } from '../core/guard.ts';
import { user } from '../events/did.ts';
import { POLICY } from './attacks.ts';
import { type World, world } from './world.ts';

const READ = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
const ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const OPEN =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"sts:AssumeRole"}]}';
const CLOSED =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

const ana = (scene: World) => scene.sandbox.as(user('ana'));
const mallory = (scene: World) => scene.sandbox.as(user('mallory'));
const policy = (scene: World, PolicyDocument: string) =>
  ana(scene).call('iam:CreatePolicy', { PolicyName: 'deploy', PolicyDocument });
const rewrite = (scene: World) =>
  mallory(scene).call('iam:CreatePolicyVersion', { PolicyArn: POLICY, PolicyDocument: ALL, SetAsDefault: true });

/** The line of the world, with AWS itself to ask. */
function lineWithAws(scene: World) {
  const line = scene.start();
  const accounts = { open: async () => scene.sandbox.account };
  return { ...line, ports: { ...line.ports, archive: liveArchive(accounts) } };
}

test('a version that was undone and is set again is judged in full', async () => {
  const scene = world();
  await policy(scene, READ);
  await scene.run();
  await rewrite(scene);
  await scene.run();
  await mallory(scene).call('iam:SetDefaultPolicyVersion', { PolicyArn: POLICY, VersionId: 'v2' });
  expect(await scene.run()).toContainEqual(
    expect.objectContaining({ rule: 'policy-default-version-set', decision: 'remediate' }),
  );
  expect((await scene.changes()).map((each) => each.state)).toEqual(['verified', 'verified']);
});

test('the same trust policy again is no smaller alarm, even before the guardrail’s own event has come in', async () => {
  const scene = world();
  await ana(scene).call('iam:CreateRole', { RoleName: 'ci', AssumeRolePolicyDocument: CLOSED });
  await scene.run();
  for (let again = 0; again < 2; again += 1) {
    await mallory(scene).call('iam:UpdateAssumeRolePolicy', { RoleName: 'ci', PolicyDocument: OPEN });
    const [record] = scene.records.splice(0);
    expect((await detect(record, scene.start())).fresh).toMatchObject([
      { rule: 'role-trust-changed', decision: 'remediate' },
    ]);
  }
});

test('what AWS says now is not taken for what stood there before', async () => {
  const scene = world();
  await policy(scene, READ);
  await rewrite(scene);
  const [record] = scene.records.splice(-1);
  expect((await detect(record, lineWithAws(scene))).fresh).toMatchObject([
    { rule: 'policy-version-created', decision: 'remediate' },
  ]);
});

test('what a policy grants is asked of AWS when it is attached', async () => {
  const scene = world();
  await policy(scene, ALL);
  await ana(scene).call('iam:CreateUser', { UserName: 'bob' });
  await mallory(scene).call('iam:AttachUserPolicy', { UserName: 'bob', PolicyArn: POLICY });
  const [record] = scene.records.splice(-1);
  const unknown = (await detect(record, world().start())).fresh[0];
  const asked = (await detect(record, lineWithAws(scene))).fresh[0];
  expect(unknown?.factors.find((each) => each.id === 'grant')?.because).toContain('could not read');
  expect(asked).toMatchObject({ rule: 'policy-attached', decision: 'remediate' });
});

test('a harmless change of a document that is known lowers the risk', async () => {
  const scene = world();
  await policy(scene, ALL);
  await scene.run();
  await mallory(scene).call('iam:CreatePolicyVersion', { PolicyArn: POLICY, PolicyDocument: READ, SetAsDefault: true });
  expect(await scene.run()).toMatchObject([{ rule: 'policy-version-created', decision: 'observe' }]);
});
