// Keeps the bundles small: of each SDK client a function gets the commands that its role allows, and no others; of rules
// and remediations it gets neither examples nor reasons nor references, which are for tests and documentation.
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import type { Settings } from '../core/settings.ts';
import type { FunctionName } from './names.ts';
import { remediationStatements, statementsFor } from './statements.ts';

/** The clients that adapters load on first use: package and class, by the prefix of IAM actions. */
const CLIENTS: { [service: string]: { module: string; client: string } } = {
  cloudtrail: { module: '@aws-sdk/client-cloudtrail', client: 'CloudTrailClient' },
  dynamodb: { module: '@aws-sdk/client-dynamodb', client: 'DynamoDBClient' },
  iam: { module: '@aws-sdk/client-iam', client: 'IAMClient' },
  secretsmanager: { module: '@aws-sdk/client-secrets-manager', client: 'SecretsManagerClient' },
  sqs: { module: '@aws-sdk/client-sqs', client: 'SQSClient' },
  sts: { module: '@aws-sdk/client-sts', client: 'STSClient' },
};

/** Commands that are not called like the action that allows them; nobody needs an action to ask who they are. */
const ALSO: { [action: string]: string[] } = {
  'dynamodb:PutItem': ['TransactWriteItems'],
  'sqs:SendMessage': ['SendMessageBatch'],
};
const FREE: { [service: string]: string[] } = { sts: ['GetCallerIdentity'] };

/** The SDK commands that a function may send to a service, as `sts:AssumeRole`; respond's include the assumed role's. */
export function commandsOf(name: FunctionName, settings: Settings): string[] {
  const statements = [...statementsFor(name, settings), ...(name === 'respond' ? remediationStatements() : [])];
  const actions = statements.flatMap((each) => each.actions);
  const also = actions.flatMap((each) => (ALSO[each] ?? []).map((command) => `${serviceOf(each)}:${command}`));
  const free = Object.entries(FREE).flatMap(([service, commands]) => commands.map((each) => `${service}:${each}`));
  return [...new Set([...actions, ...also, ...free])].sort();
}

/**
 * An esbuild plugin. A client that is imported when needed becomes a module of the class and the allowed commands, so
 * that the rest of it falls away. In Lambda credentials are in the environment: the other ways to find some fall away
 * too, as does what only browsers and event streams use.
 */
export function slim(name: FunctionName, settings: Settings): Plugin {
  const commands = commandsOf(name, settings);
  return {
    name: 'slim',
    setup(build) {
      build.onResolve({ filter: /^@aws-sdk\/client-/ }, ({ kind, path, resolveDir }) =>
        kind === 'dynamic-import' ? { path, namespace: 'slim', pluginData: resolveDir } : undefined,
      );
      build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path, resolveDir }) => ({
        path,
        namespace: 'slim',
        pluginData: resolveDir,
      }));
      build.onResolve({ filter: /^(bowser|@smithy\/core\/event-streams)$/ }, ({ path }) => ({
        path,
        namespace: 'slim',
      }));
      build.onLoad({ filter: /.*/, namespace: 'slim' }, ({ path, pluginData }) => ({
        contents: contentsOf(path, commands),
        resolveDir: pluginData as string,
      }));
      build.onLoad({ filter: UNIT }, async ({ path }) => ({
        contents: withoutTexts(await readFile(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
}

/** A file of `rules/` or `remediations/`. */
export const UNIT = /\/(rules|remediations)\/[a-z0-9-]+\.ts$/;

/** The source of a rule or remediation without what only tests and documentation read; as Biome lays it out. */
export function withoutTexts(source: string): string {
  return source
    .replace(/\n {2}why: .*,\n/, "\n  why: '',\n")
    .replace(/\n {2}maps: \{(\n[\s\S]*?\n {2}| .*)\},\n/, '\n')
    .replace(/\n {2}examples: \{\n[\s\S]*?\n {2}\},\n/, '\n  examples: {},\n');
}

function contentsOf(path: string, commands: string[]): string {
  if (path === '@aws-sdk/credential-provider-node')
    return `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`;
  const [service, found] = Object.entries(CLIENTS).find(([, each]) => each.module === path) ?? [];
  const mine = commands.filter((each) => serviceOf(each) === service).map((each) => `${each.split(':')[1]}Command`);
  return found && mine.length > 0 ? `export { ${[found.client, ...mine].join(', ')} } from '${path}';` : 'export {};';
}

const serviceOf = (action: string): string => action.slice(0, action.indexOf(':'));
