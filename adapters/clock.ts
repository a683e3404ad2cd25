// The time of the machine.
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/ports.ts';

export const systemClock: Clock = { now: Date.now, sleep: (ms) => setTimeout(ms) };
