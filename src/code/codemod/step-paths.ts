import type { StepPlace } from './codemod-work.ts';
import { interpolate } from './expression.ts';

/** Patterns of a step with their expressions filled in; one that names a list stands for all that is in it. */
export function pathsOf(patterns: readonly string[] | undefined, { lookup }: StepPlace): readonly string[] | undefined {
  return patterns?.flatMap((pattern) => {
    const name = /^\$\{\{\s*([\w.-]+)\s*\}\}$/.exec(pattern)?.[1];
    const value = name === undefined ? undefined : lookup(name);
    return Array.isArray(value) ? value.map(String) : [interpolate(pattern, lookup)];
  });
}
