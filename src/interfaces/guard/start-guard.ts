import { readFileSync } from 'node:fs';
import { answerHook } from './answer-hook.ts';

/** Answers one call of the hook: reads standard input, and ends with the exit code that stops a tool or does not. */
const { exit, stdout, stderr } = answerHook(readFileSync(0, 'utf8'), process.cwd());
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exit;
