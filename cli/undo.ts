// `guardrail undo`: take a change back, while its target is as the change left it.
import type { Command } from 'commander';
import { undoAs } from '../core/approval.ts';
import { answerCommand } from './answer.ts';

export function undoCommand(): Command {
  return answerCommand('undo', undoAs)
    .description('Take a change back, while its target is as the change left it.')
    .addHelpText('after', '\nExample:\n  $ guardrail undo ik3v9x2mqa.1f0c9a2b --as ana --reason "it was bob himself"');
}
