import { parse } from 'jsonc-parser';
import * as z from 'zod';
import { type Flag, furtherFlags, strictFlags } from '../../../compiler/strict-flags.ts';
import { withoutMember } from '../../../text/edit-json.ts';
import { withValueAt } from '../../../text/insert-member.ts';
import { replaced, type Settings } from '../reading/compiler-options.ts';

/** The configuration of the compiler: what is there is kept, and each option that is needed is set. Pure. */
export function configText(
  before: string | undefined,
  wanted: { readonly settings: Settings; readonly on: readonly Flag[]; readonly include: readonly string[] },
): string {
  const isStrict = strictFlags.some((flag) => wanted.on.includes(flag));
  const options = {
    ...wanted.settings,
    ...(isStrict ? { strict: true } : { strict: false }),
    ...(isStrict
      ? Object.fromEntries(strictFlags.filter((flag) => !wanted.on.includes(flag)).map((flag) => [flag, false]))
      : {}),
    ...Object.fromEntries(furtherFlags.filter((flag) => wanted.on.includes(flag)).map((flag) => [flag, true])),
  };
  let text = before ?? '{}\n';
  const set = (keys: readonly string[], value: unknown): void => {
    text = withValueAt(text, { keys, value });
  };
  for (const name of replaced) text = withoutMember(text, ['compilerOptions', name]);
  for (const [name, value] of Object.entries(options)) set(['compilerOptions', name], value);
  const there = includeOf(text);
  if (before === undefined) set(['include'], wanted.include);
  else if (there !== undefined) set(['include'], withTypescript(there));
  return text.endsWith('\n') ? text : `${text}\n`;
}

function includeOf(text: string): readonly string[] | undefined {
  const parsed = z.object({ include: z.array(z.string()) }).safeParse(parse(text, [], { allowTrailingComma: true }));
  return parsed.success ? parsed.data.include : undefined;
}

/** Patterns that name JavaScript take its TypeScript in too. */
function withTypescript(patterns: readonly string[]): readonly string[] {
  const all = patterns.flatMap((pattern) => [
    pattern,
    !pattern.includes('*') ? pattern : pattern.replace(/\.(m?)jsx?$/, (end) => end.replace('j', 't')),
  ]);
  return [...new Set(all)];
}

/** What a build adds: files are written, declarations beside them, tests left out. Pure. */
export function buildConfigText({
  rootDir,
  include,
  exclude,
}: {
  readonly rootDir: string;
  /** Every file, where they do not stand in a folder of their own. */
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[];
}): string {
  const config = {
    extends: './tsconfig.json',
    compilerOptions: { noEmit: false, rootDir, outDir: 'dist', declaration: true, sourceMap: true },
    include: include ?? [rootDir],
    ...(exclude.length === 0 ? {} : { exclude }),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
