import { jsonOf } from '../text/read-data.ts';

const triesMax = 50;

/**
 * The JSON document in what a program printed: package managers and hooks print lines of their own around it. The largest
 * one that begins a line is taken; undefined where there is none.
 */
export function jsonIn(output: string): unknown {
  const starts = [...output.matchAll(/^[ \t]*[[{]/gm)].map(({ index }) => index).slice(0, triesMax);
  for (const start of starts) {
    const rest = output.slice(start);
    const end = Math.max(rest.lastIndexOf('}'), rest.lastIndexOf(']')) + 1;
    const [line = ''] = rest.split('\n', 1);
    const found = jsonOf(rest.slice(0, end)) ?? jsonOf(line);
    if (found !== undefined) return found;
  }
  return undefined;
}
