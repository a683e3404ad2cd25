// What a Lambda container works with: the environment that serverless.yml sets and the settings that were packed with it.
import { dynamoStore } from '../adapters/dynamodb.ts';
import { type Environment, environment } from '../adapters/environment.ts';
import { sqsQueue } from '../adapters/queue.ts';
import type { Queue, Store } from '../core/ports.ts';
import { DEFAULTS, type Settings } from '../core/settings.ts';

/** Put in place of the name by `infra/bundle.ts`, read and checked when packaging: nothing of zod is in the bundle. */
declare const GUARDRAIL_SETTINGS: Settings | undefined;

/** Makes the value on the first call, when the environment is complete, and hands the same one out ever after. */
export function once<Value>(make: (around: Environment) => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make(environment()) };
    return made.value;
  };
}

/** The packed settings. INVARIANT 4: whoever deploys the guardrail is protected. */
export function settingsOf({ deployer }: Environment): Settings {
  const packed = typeof GUARDRAIL_SETTINGS === 'undefined' ? DEFAULTS : GUARDRAIL_SETTINGS;
  return deployer ? { ...packed, protected: [...packed.protected, deployer] } : packed;
}

export function storeOf(around: Environment): Store {
  return dynamoStore({ table: given(around.table, 'GUARDRAIL_TABLE'), client: clientOf(around) });
}

export function queueOf(around: Environment): Queue {
  return sqsQueue({ url: given(around.queueUrl, 'GUARDRAIL_QUEUE_URL'), ...clientOf(around) });
}

/** Where AWS is, for any client of the SDK. */
export function clientOf({ region, endpoint }: Environment): { region: string; endpoint?: string } {
  return endpoint ? { region, endpoint } : { region };
}

function given(value: string | undefined, name: string): string {
  if (value) return value;
  throw new Error(`${name} is not set: deploy the function with serverless.yml, which sets it`);
}
