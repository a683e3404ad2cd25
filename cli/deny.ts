// `guardrail deny`: say no to a waiting change.
import type { Command } from 'commander';
import { deny } from '../core/approval.ts';
import { answerCommand } from './answer.ts';

export function denyCommand(): Command {
  return answerCommand('deny', deny)
    .description('Say no to a waiting change.')
    .addHelpText('after', '\nExample:\n  $ guardrail deny ik3v9x2mqa.1f0c9a2b --as ana --reason "planned migration"');
}
