import { type ParseError, parse } from 'jsonc-parser';
import * as z from 'zod';
import type { TypescriptSettings } from './snapshot.ts';
import { folderPath } from './text/search-text.ts';
import { foldersUp, joined } from './tree/tree-path.ts';

const configSchema = z.object({
  extends: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  compilerOptions: z.record(z.string(), z.json()).default({}),
  references: z.array(z.object({ path: z.string() })).default([]),
});

/** Reads a file by its path from the root, or undefined where there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** `extends` chains are followed this deep; a loop ends here. */
const chainMax = 20;

/**
 * A tsconfig as it comes out after `extends`: later entries win over earlier ones, and the file over what it extends
 * (https://www.typescriptlang.org/tsconfig/#extends). Options are kept as they are written, also those that no version
 * of TypeScript here knows. A string says what could not be read.
 */
export async function typescriptSettings(file: string, read: ReadFile): Promise<TypescriptSettings | string> {
  return resolveConfig(file, read, 0);
}

async function resolveConfig(file: string, read: ReadFile, depth: number): Promise<TypescriptSettings | string> {
  const text = await read(file);
  if (text === undefined) return `${file} is not there.`;
  const errors: ParseError[] = [];
  const parsed = configSchema.safeParse(parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true }) ?? {});
  if (!parsed.success || errors.length > 0) return `${file} is not of the form that TypeScript takes.`;
  const own = parsed.data;
  const chain: string[] = [];
  let options: TypescriptSettings['options'] = {};
  for (const specifier of own.extends) {
    if (depth >= chainMax) return `${file} extends more than ${chainMax} files deep.`;
    const found = await resolveExtends(folderPath(file), specifier, read);
    if (found === undefined)
      return `${file} extends ${specifier}, which is not there${specifier.startsWith('.') ? '' : ' (is it installed?)'}.`;
    const base = await resolveConfig(found, read, depth + 1);
    if (typeof base === 'string') return base;
    chain.push(specifier, ...base.extends);
    options = { ...options, ...base.options };
  }
  return {
    file,
    extends: chain,
    options: { ...options, ...own.compilerOptions },
    references: own.references.map(({ path }) => path),
  };
}

async function resolveExtends(folder: string, specifier: string, read: ReadFile): Promise<string | undefined> {
  const bases = /^\.{1,2}(\/|$)/.test(specifier)
    ? [joined(folder, specifier)]
    : foldersUp(folder).map((parent) => joined(parent, `node_modules/${specifier}`));
  for (const base of bases) {
    for (const candidate of [base, `${base}.json`, `${base}/tsconfig.json`]) {
      if (candidate.endsWith('.json') && (await read(candidate)) !== undefined) return candidate;
    }
  }
  return undefined;
}
