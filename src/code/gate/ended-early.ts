import type { ToolRun } from '../check-tool.ts';
import { firstWords } from './first-words.ts';

/** What stands below an error: its stack, what it holds, and what shells, Node and package managers say of the end. */
const noise =
  /^(at .+|[\]}),;]*|code: '.*',?|\^+|Node\.js v\d.*|(npm|pnpm) (ERR!|error).*|\s*ELIFECYCLE.*|error Command failed.*|error: script .* exited.*|info Visit .*|JSON report written to .*)$/i;
const error = /^(Uncaught )?\w*(Error|Exception)\b.*: /;

/** Why a runner of tests has no report: the last error, or else the last words, which say what kept it from them. */
export function endedEarly(run: Pick<ToolRun, 'output' | 'errors'>): string {
  const last = lastError(run);
  const why = 'It ended before any test began';
  return last === undefined ? `${why}.` : `${why}: ${last}`;
}

/** The last error that a tool names, or else its last words; undefined where it said nothing. */
export function lastError({ output, errors }: Pick<ToolRun, 'output' | 'errors'>): string | undefined {
  const lines = `${output}\n${errors}`
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !noise.test(line));
  const last = lines.findLast((line) => error.test(line)) ?? lines.at(-1);
  return last === undefined ? undefined : firstWords(last);
}
