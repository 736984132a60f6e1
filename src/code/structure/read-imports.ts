import { realpath } from 'node:fs/promises';
import type { SourceTree } from '../engine/recipe-run.ts';
import { openModules } from '../split/open-modules.ts';
import type { BadImport } from './bad-import.ts';
import { badImports } from './bad-imports.ts';
import { commentLinks } from './comment-links.ts';
import type { ImportRules } from './import-rules.ts';

type Reading = { readonly root: string; readonly rules: ImportRules; readonly signal: AbortSignal };

/** Imports that break the rules, and the modules that were looked into. */
export type ImportsRead = { readonly imports: readonly BadImport[]; readonly modules: readonly string[] };

/** Imports of a tree that break its rules. Reads only. */
export async function readImports(tree: SourceTree, { root, rules, signal }: Reading): Promise<ImportsRead> {
  const open = await openModules(tree, { root: await realpath(root), signal });
  const { modules } = open;
  return { imports: badImports(modules, rules, commentLinks(open)), modules: [...modules.keys()].toSorted() };
}
