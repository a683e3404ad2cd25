// The line of a Lambda container, of the same rules and remediations for each function and of the ports that it may use.
import { randomUUID } from 'node:crypto';
import { systemClock } from '../adapters/clock.ts';
import type { Environment } from '../adapters/environment.ts';
import { lambdaLog } from '../adapters/logger.ts';
import type { Line } from '../core/line.ts';
import { indexRules } from '../core/match.ts';
import type { Ports } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { remediations } from '../remediations/index.ts';
import { rules } from '../rules/index.ts';
import { once, settingsOf, storeOf } from './container.ts';

/** The ports in which the functions differ. */
export type Parts = Pick<Ports, 'accounts' | 'queue' | 'people' | 'archive'>;

/** The container's line, made on the first call. */
export function containerLine(parts: (around: Environment, settings: Settings) => Parts): () => Line {
  return once((around) => {
    const settings = settingsOf(around);
    return {
      ports: { ...parts(around, settings), store: storeOf(around), clock: systemClock, log: lambdaLog },
      settings,
      rules: indexRules(rules, settings),
      remediations: new Map(remediations.map((each) => [each.id, each])),
      keeps: true,
      runner: randomUUID(),
    };
  });
}

/** A port that the function does not have: its role does not allow it either. */
export async function notHere(): Promise<never> {
  throw new Error('This function does not do that: its line is put together wrongly');
}
