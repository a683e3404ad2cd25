// Secrets come from Secrets Manager when first needed, and not again for some minutes: a rotated one is noticed.
import { environment } from './environment.ts';

const KEPT_MS = 5 * 60_000;

/**
 * A reader of the secret's text, by name or ARN; surrounding white space is taken off. What was read is kept for five
 * minutes, a failure is not. Rejects with what to do; no error holds the text.
 */
export function secretText(id: string, now: () => number = Date.now): () => Promise<string> {
  let kept: { text: Promise<string>; until: number } | undefined;
  return async () => {
    if (kept && now() < kept.until) return kept.text;
    const reading = { text: read(id), until: now() + KEPT_MS };
    kept = reading;
    reading.text.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.text;
  };
}

async function read(id: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { endpoint, region } = environment();
  const client = new SecretsManagerClient({ region, ...(endpoint ? { endpoint } : {}) });
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return nonEmpty(SecretString.trim(), id);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new Error(
      `Cannot read the secret ${id} in ${region}: ${cause.name}: ${cause.message}: ${whatToDo(cause.name)}`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}

function nonEmpty(text: string, id: string): string {
  if (text !== '') return text;
  throw Object.assign(new Error(`${id} holds no text`), { name: 'EmptySecret' });
}

function whatToDo(name: string): string {
  switch (name) {
    case 'AccessDeniedException':
      return 'allow secretsmanager:GetSecretValue on it (and kms:Decrypt on its key)';
    case 'ResourceNotFoundException':
      return 'create it, or correct its name';
    case 'EmptySecret':
      return 'store it as text';
    default:
      return 'check the address, the region and the credentials';
  }
}
