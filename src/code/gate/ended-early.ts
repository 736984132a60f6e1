import type { ToolRun } from '../check-tool.ts';
import { firstWords } from './first-words.ts';

/** Why a runner of tests has no report: in its own last words, which say what kept it from them. */
export function endedEarly({ output, errors }: Pick<ToolRun, 'output' | 'errors'>): string {
  const last = `${output}\n${errors}`.trim().split(/\r?\n/).at(-1) ?? '';
  const why = 'It ended before any test began';
  return last.trim() === '' ? `${why}.` : `${why}: ${firstWords(last)}`;
}
