import { readFileSync } from 'node:fs';
import { answerHook, type HookAnswer } from './answer-hook.ts';
import { answerWithin, deadlineMs } from './within-deadline.ts';

/** Answers one call of the hook: reads standard input, and ends with the exit code that stops a tool or does not. */
function start(): HookAnswer {
  const text = readFileSync(0, 'utf8');
  if (process.argv[2] === 'judge') return answerHook(text, process.cwd());
  return answerWithin(deadlineMs, [__filename, 'judge'], text);
}

const { exit, stdout, stderr } = start();
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exit;
