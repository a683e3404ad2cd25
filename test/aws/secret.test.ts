// Reading secrets from Secrets Manager.
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeAll, expect, inject, test } from 'vitest';
import { secretText } from '../../adapters/secret.ts';

const endpoint = inject('moto');

beforeAll(() => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

test('reads a secret once in five minutes, and then again', async () => {
  const client = new SecretsManagerClient({ region: 'eu-west-1', endpoint });
  await client.send(new CreateSecretCommand({ Name: 'slack-token', SecretString: 'xoxb-first\n' }));
  let now = 0;
  const read = secretText('slack-token', () => now);
  expect(await Promise.all([read(), read()])).toEqual(['xoxb-first', 'xoxb-first']);
  await client.send(new PutSecretValueCommand({ SecretId: 'slack-token', SecretString: 'xoxb-second' }));
  expect(await read()).toBe('xoxb-first');
  now = 5 * 60_000;
  expect(await read()).toBe('xoxb-second');
});

test('says what to do where there is no such secret, and looks again the next time', async () => {
  const read = secretText('late-token');
  await expect(read()).rejects.toThrow(
    /^Cannot read the secret late-token in eu-west-1: ResourceNotFoundException: .*: create it, or correct its name$/s,
  );
  const client = new SecretsManagerClient({ region: 'eu-west-1', endpoint });
  await client.send(new CreateSecretCommand({ Name: 'late-token', SecretString: 'here' }));
  expect(await read()).toBe('here');
});

test('an empty or binary secret is refused', async () => {
  const client = new SecretsManagerClient({ region: 'eu-west-1', endpoint });
  await client.send(new CreateSecretCommand({ Name: 'binary', SecretBinary: new Uint8Array([1, 2]) }));
  await expect(secretText('binary')()).rejects.toThrow('binary holds no text: store it as text');
});
