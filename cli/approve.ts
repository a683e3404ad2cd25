// `guardrail approve`: let a waiting change be carried out, as a responder who is not its actor.
import type { Command } from 'commander';
import { approve } from '../core/approval.ts';
import { answerCommand } from './answer.ts';

export function approveCommand(): Command {
  return answerCommand('approve', approve)
    .description('Let a waiting change be carried out, as a responder who is not its actor.')
    .addHelpText('after', '\nExample:\n  $ guardrail approve ik3v9x2mqa.1f0c9a2b --as ana');
}
