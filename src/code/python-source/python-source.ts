import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../engine/edit-node.ts';
import type { RecipeFile } from '../recipe.ts';
import { type Token, tokensOf } from './tokens.ts';

type FromImport = { readonly module: string; readonly name: string; readonly end: number };

/** A Python file as rewrites see it: its syntax, its tokens, what its imports say, and what a recipe was told. */
export type PythonSource<Settings = unknown> = {
  readonly text: string;
  readonly root: SgNode;
  readonly tokens: readonly Token[];
  readonly settings: Settings;
  /** Every node of the kinds, in the order of the text. */
  all(...kinds: readonly string[]): readonly SgNode[];
  /** Nodes of a kind whose text a pattern of Rust's regular expressions is found in. */
  matching(kind: string, pattern: string): readonly SgNode[];
  /** Calls of these names, or of attributes with these names. */
  callsOf(...names: readonly string[]): readonly SgNode[];
  /** Index of the token that begins at an offset; of the first behind it where none does. */
  tokenAt(offset: number): number;
  /** Whether a name of a module was imported, under its own name, before an offset. */
  imports(module: string, name: string, before: number): boolean;
};

/** Reads a file; its tokens and imports are read when they are first asked for. */
export function pythonSource<Settings>(file: RecipeFile, settings: Settings): PythonSource<Settings> {
  const root = file.root();
  const byKinds = new Map<string, readonly SgNode[]>();
  let tokens: readonly Token[] | undefined;
  let starts: ReadonlyMap<number, number> | undefined;
  let imported: readonly FromImport[] | undefined;
  const all = (...kinds: readonly string[]): readonly SgNode[] => {
    const key = kinds.join(' ');
    const found = byKinds.get(key) ?? root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } });
    byKinds.set(key, found);
    return found;
  };
  const matching = (kind: string, pattern: string): readonly SgNode[] => {
    const key = `${kind} ${pattern}`;
    const found = byKinds.get(key) ?? root.findAll({ rule: { kind, regex: pattern } });
    byKinds.set(key, found);
    return found;
  };
  const callsOf = (...names: readonly string[]): readonly SgNode[] => {
    const key = `calls of ${names.join(' ')}`;
    const callee = { field: 'function', regex: `(^|\\W)(${names.join('|')})\\W*$` };
    const found = byKinds.get(key) ?? root.findAll({ rule: { kind: 'call', has: callee } });
    byKinds.set(key, found);
    return found;
  };
  const ownTokens = (): readonly Token[] => {
    tokens ??= tokensOf(file.text);
    return tokens;
  };
  return {
    text: file.text,
    root,
    settings,
    all,
    matching,
    callsOf,
    get tokens() {
      return ownTokens();
    },
    tokenAt(offset) {
      starts ??= new Map(ownTokens().map(({ start }, index) => [start, index]));
      return starts.get(offset) ?? ownTokens().findIndex(({ start }) => start >= offset);
    },
    imports(module, name, before) {
      imported ??= all('import_from_statement', 'future_import_statement').flatMap(importedBy);
      return imported.some((one) => one.module === module && one.name === name && one.end <= before);
    },
  };
}

/** Names that a `from m import a` binds as they are; relative imports and names under another one are left out. */
function importedBy(statement: SgNode): readonly FromImport[] {
  const isFuture = statement.is('future_import_statement');
  const from = isFuture ? undefined : statement.field('module_name');
  if (from?.is('relative_import') === true) return [];
  const module = isFuture ? '__future__' : (from?.text() ?? '');
  const { offset, length } = spanOf(statement);
  return statement
    .fieldChildren('name')
    .filter((name) => name.is('dotted_name'))
    .map((name) => ({ module, name: name.text(), end: offset + length }));
}
