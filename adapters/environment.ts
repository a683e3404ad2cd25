// The one place that reads the environment, so that what a deployment can set stands in one list.

/** What the adapters take from the environment; an empty variable counts as unset. */
export type Environment = {
  /** Another address for all of AWS, as for a local emulator. */
  endpoint: string | undefined;
  region: string;
  /** The DynamoDB table that holds the state. */
  table: string | undefined;
  queueUrl: string | undefined;
  /** The Secrets Manager id of Slack's bot token. */
  slackSecret: string | undefined;
  slackToken: string | undefined;
  /** The base address of Slack's API, where it is not Slack's own. */
  slackApi: string | undefined;
  /** The ARN of whoever deploys the guardrail: never touched by it. */
  deployer: string | undefined;
};

/** Read at each call: nothing is remembered from the start of the process. */
export function environment(): Environment {
  return {
    endpoint: variable('AWS_ENDPOINT_URL'),
    region: variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION') ?? 'us-east-1',
    table: variable('GUARDRAIL_TABLE'),
    queueUrl: variable('GUARDRAIL_QUEUE_URL'),
    slackSecret: variable('GUARDRAIL_SLACK_SECRET'),
    slackToken: variable('GUARDRAIL_SLACK_TOKEN'),
    slackApi: variable('GUARDRAIL_SLACK_API'),
    deployer: variable('GUARDRAIL_DEPLOYER'),
  };
}

function variable(name: string): string | undefined {
  return process.env[name] || undefined;
}
