// The real AWS behind the port of accounts: entered once per account, called by operation name, errors read once.
import { AwsError, type Call } from '../core/operations.ts';
import type { Account, Accounts } from '../core/ports.ts';
import { REMEDIATION_ROLE } from '../core/protect.ts';

export type AwsOptions = {
  region: string;
  /** Another AWS than the real one, as `http://127.0.0.1:5000`. */
  endpoint?: string;
  /** Whose calls they are; the SDK's usual chain where nothing is said. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Whether the caller's own account, too, is entered with the remediation role: what is done there can then be told apart. */
  assume?: 'elsewhere' | 'always';
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/** Performs an operation of IAM, CloudTrail or STS by its name, `iam:GetUser`. Throws `AwsError` on every failure. */
export type Send = (name: string, input: object) => Promise<Answer>;
export type Answer = { readonly [key: string]: unknown; readonly $metadata: { requestId?: string } };

/** The accounts that the caller can enter: its own, and those with the member role. */
export function awsAccounts(options: AwsOptions): Accounts {
  const open = awsSenders(options);
  return { open: async (account) => accountOf(await open(account)) };
}

/** The same doors for operations beyond the port's. Rejects where the account cannot be entered. */
export function awsSenders(options: AwsOptions): (account: string) => Promise<Send> {
  const now = options.now ?? Date.now;
  const own = senderOf(options);
  const caller = remembered(async () => ({ value: await callerOf(own), until: Number.POSITIVE_INFINITY }), now);
  const doors = new Map<string, () => Promise<Send>>();
  return async (account) => {
    if (!/^\d{12}$/.test(account)) throw new Error(`${account} is not an AWS account id: it must have 12 digits`);
    const me = await caller();
    if (me.account === account && options.assume !== 'always') return own;
    const door = doors.get(account) ?? remembered(() => enter(own, me.partition, account, options), now);
    doors.set(account, door);
    return door();
  };
}

type Lasting<Value> = { value: Value; until: number };

/** Asks once, also when asked twice at the same time, until the value has run out; a failure is not remembered. */
function remembered<Value>(ask: () => Promise<Lasting<Value>>, now: () => number): () => Promise<Value> {
  let last: Promise<Lasting<Value>> | undefined;
  let until = 0;
  return async () => {
    if (!last || now() >= until) {
      until = Number.POSITIVE_INFINITY;
      last = ask();
      last.then(
        (each) => {
          until = each.until;
        },
        () => {
          last = undefined;
        },
      );
    }
    return (await last).value;
  };
}

async function callerOf(send: Send): Promise<{ account: string; partition: string }> {
  const { Account: account, Arn: arn } = await send('sts:GetCallerIdentity', {});
  return { account: String(account), partition: String(arn).split(':')[1] ?? 'aws' };
}

const FIVE_MINUTES = 5 * 60_000;

async function enter(own: Send, partition: string, account: string, options: AwsOptions): Promise<Lasting<Send>> {
  const assumed = await own('sts:AssumeRole', {
    RoleArn: `arn:${partition}:iam::${account}:role/${REMEDIATION_ROLE}`,
    RoleSessionName: 'iam-guardrail',
  }).catch((cause: unknown) => {
    if (cause instanceof AwsError && cause.retryable) throw cause;
    throw new Error(`Cannot assume ${REMEDIATION_ROLE} in ${account}: deploy the member role there`, { cause });
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    assumed.Credentials as Required<AssumedCredentials>;
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { value: senderOf({ ...options, credentials }), until: Expiration.getTime() - FIVE_MINUTES };
}

type AssumedCredentials = { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: Date };

/** Loaded on first use: a function that calls nothing starts without the SDK. */
const SERVICES: { [service: string]: () => Promise<Sdk> } = {
  iam: async () => sdk(await import('@aws-sdk/client-iam'), 'IAMClient'),
  cloudtrail: async () => sdk(await import('@aws-sdk/client-cloudtrail'), 'CloudTrailClient'),
  sts: async () => sdk(await import('@aws-sdk/client-sts'), 'STSClient'),
};

type Sdk = { client: new (settings: object) => Client; command: (operation: string) => new (input: object) => object };
type Client = { send(command: object): Promise<Answer> };

/** The client of a module of the SDK, and its commands by name. */
function sdk(module: { readonly [name: string]: unknown }, client: string): Sdk {
  return {
    client: module[client] as Sdk['client'],
    command: (operation) => module[`${operation}Command`] as ReturnType<Sdk['command']>,
  };
}

function senderOf({ endpoint, credentials, region }: AwsOptions): Send {
  const settings = {
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    retryMode: 'adaptive',
    maxAttempts: 5,
  };
  const clients = new Map<string, Client>();
  return async (name, input) => {
    const [service = '', operation = ''] = name.split(':');
    const { client, command } = await (SERVICES[service] ?? unknownService(name))();
    const where = regionOf(input) ?? region;
    const key = `${service} ${where}`;
    const opened = clients.get(key) ?? new client({ ...settings, region: where });
    clients.set(key, opened);
    return opened.send(new (command(operation))(input)).catch((error: unknown) => {
      throw awsError(name, error);
    });
  };
}

function unknownService(name: string): never {
  throw new Error(`No SDK client is known for ${name}`);
}

/**
 * A trail can be changed only in its home region, which its ARN names. The ARN may come from an event, so only what
 * looks like a region becomes part of a host name.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
 */
function regionOf(input: object): string | undefined {
  const name = 'Name' in input && typeof input.Name === 'string' ? input.Name : '';
  return /^arn:aws[a-z-]*:cloudtrail:([a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}):\d{12}:trail\//.exec(name)?.[1];
}

function accountOf(send: Send): Account {
  const read = async (name: string, input: object) => {
    try {
      return await send(name, input);
    } catch (error) {
      if (error instanceof AwsError && MISSING.includes(error.code)) return undefined;
      throw error;
    }
  };
  return {
    read: read as Account['read'],
    async write({ call, input }: Call) {
      const { $metadata } = await send(call, input);
      return { requestId: $metadata.requestId };
    },
  };
}

const MISSING = ['NoSuchEntityException', 'NoSuchEntity', 'TrailNotFoundException'];

/** Codes after which trying again may help, where the SDK does not say so itself. */
const RETRYABLE = [
  // Nothing is wrong with the call: it can be made once there are credentials.
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  ...[
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'PriorRequestNotComplete',
  ],
  ...[
    'ServiceFailureException',
    'ServiceUnavailable',
    'InternalFailure',
    'ConcurrentModificationException',
    'EntityTemporarilyUnmodifiableException',
  ],
  ...['TimeoutError', 'RequestTimeout', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
];

type Failure = {
  name?: string;
  code?: string;
  message?: string;
  $retryable?: object;
  $metadata?: { httpStatusCode?: number };
};

function awsError(call: string, cause: unknown): AwsError {
  const failure = (typeof cause === 'object' && cause !== null ? cause : { message: String(cause) }) as Failure;
  const names = [failure.name, failure.code].filter((each) => each !== undefined);
  const code = names.find((each) => each !== 'Error') ?? 'Unknown';
  const broken = (failure.$metadata?.httpStatusCode ?? 0) >= 500;
  const retryable = failure.$retryable !== undefined || broken || names.some((each) => RETRYABLE.includes(each));
  return new AwsError(call, code, failure.message ?? 'no message', { retryable, cause });
}
