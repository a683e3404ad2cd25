// What every handler wears: log lines that carry the request, and metrics that leave with the last of them.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import { logger } from '../adapters/logger.ts';

const metrics = new Metrics({ namespace: 'IamGuardrail', serviceName: 'iam-guardrail' });

/** What is counted: `Refused` and `Unreadable` events, `Findings`, work that is `Done`, `Failed` or `Resent`. */
export type Counted = 'Refused' | 'Unreadable' | 'Findings' | 'Done' | 'Failed' | 'Resent';

/** Adds to a CloudWatch metric of this invocation. Nothing is counted as 0: a metric without a gap shows that it works. */
export function count(name: Counted, value = 1): void {
  metrics.addMetric(name, MetricUnit.Count, value);
}

/** A Lambda handler with log and metrics. The event itself is never logged, whatever the environment says. */
export function dressed<Event, Result>(handle: (event: Event) => Promise<Result>): MiddyfiedHandler<Event, Result> {
  return middy<Event, Result>()
    .use(injectLambdaContext(logger, { logEvent: false }))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .handler(handle);
}
