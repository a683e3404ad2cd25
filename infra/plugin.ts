// What osls does not do by itself: bundles the functions before it zips them, protects whoever deploys, and leaves out of
// the template what says nothing.

import { packedSettings } from './packing.ts';

type Template = { Resources: { [id: string]: { DependsOn?: string | string[]; [key: string]: unknown } } };

/** The parts of osls that are used here. */
type Serverless = {
  processedInput: { commands: string[] };
  service: {
    custom: { settings: string };
    provider: { compiledCloudFormationTemplate: Template; environment: { GUARDRAIL_DEPLOYER?: string } };
  };
  getProvider(name: 'aws'): { getAccountInfo(): Promise<{ arn: string }> };
};

export class GuardrailPlugin {
  readonly hooks: { readonly [moment: string]: () => Promise<void> | void };

  constructor(serverless: Serverless) {
    const bundle = async () => {
      const settings = packedSettings(serverless.service.custom.settings);
      const { bundleFunctions } = await import('./bundle.ts');
      await bundleFunctions(settings);
    };
    this.hooks = {
      'before:package:compileFunctions': () => nameDeployer(serverless),
      'before:package:createDeploymentArtifacts': bundle,
      'before:deploy:function:packageFunction': bundle,
      'before:package:finalize': () => withoutRepetition(serverless.service.provider.compiledCloudFormationTemplate),
    };
  }
}

/** INVARIANT 4: unless the environment names a deployer, it is whoever deploys; packaging alone asks nobody. */
async function nameDeployer(serverless: Serverless): Promise<void> {
  const { environment } = serverless.service.provider;
  if (environment.GUARDRAIL_DEPLOYER || serverless.processedInput.commands[0] !== 'deploy') return;
  const { arn } = await serverless.getProvider('aws').getAccountInfo();
  environment.GUARDRAIL_DEPLOYER = identityOf(arn);
}

/** The user or role behind a session: `arn:aws:iam::1:role/ci` of `arn:aws:sts::1:assumed-role/ci/build-42`. */
export function identityOf(arn: string): string {
  const [head = '', session] = arn.split(':assumed-role/');
  return session ? `${head.replace(':sts:', ':iam:')}:role/${session.split('/')[0]}` : arn;
}

/** Takes out of `DependsOn` what the resource refers to anyway: CloudFormation sees that itself, and cfn-lint objects. */
export function withoutRepetition({ Resources }: Template): void {
  for (const resource of Object.values(Resources)) {
    if (!resource.DependsOn) continue;
    const { DependsOn, ...rest } = resource;
    const named = referencesIn(rest);
    const left = [DependsOn].flat().filter((each) => !named.has(each));
    if (left.length > 0) resource.DependsOn = left;
    else delete resource.DependsOn;
  }
}

function referencesIn(value: unknown): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((each) => [...referencesIn(each)]));
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.entries(value).flatMap(([key, each]) => referencesBy(key, each)));
}

function referencesBy(key: string, value: unknown): string[] {
  if (key === 'Ref') return [String(value)];
  if (key === 'Fn::GetAtt') return [String(Array.isArray(value) ? value[0] : value).split('.')[0] ?? ''];
  return [...referencesIn(value)];
}
