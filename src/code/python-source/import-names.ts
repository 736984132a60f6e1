import type { SgNode } from '@ast-grep/napi';
import type { TextEdit } from '../recipe.ts';
import type { Fix } from './fixes.ts';
import type { PythonSource } from './python-source.ts';
import { lastToken, linesBefore, withoutStatement } from './statements.ts';
import { at, firstToken, replaceTokens } from './tokens-at.ts';

/** A `from module import name as alias`, one of its names. */
export type ImportedName = {
  readonly name: string;
  readonly as: string | undefined;
  readonly node: SgNode;
};

/** A `from module import …` that names what it takes. */
export type FromImport = {
  readonly statement: SgNode;
  readonly module: string;
  readonly names: readonly ImportedName[];
};

/** Every `from module import name` of a file; relative ones, and those of `*`, are left out. */
export function fromImports(py: PythonSource): readonly FromImport[] {
  return py.all('import_from_statement').flatMap((statement): readonly FromImport[] => {
    const from = statement.field('module_name');
    const isStar = statement.children().some((child) => child.is('wildcard_import'));
    if (from?.is('dotted_name') !== true || isStar) return [];
    const names = statement.fieldChildren('name').map((node) => {
      const own = node.is('aliased_import') ? node.field('name') : node;
      const alias = node.is('aliased_import') ? node.field('alias') : null;
      return { name: own?.text() ?? '', as: alias?.text(), node };
    });
    return [{ statement, module: from.text(), names }];
  });
}

/** What becomes of a name: another one, or `undefined` where it goes. */
export type NameChange = readonly [one: ImportedName, to: string | undefined];

/** The edits that give names of an import others, or take them away; the statement goes with its last one. */
export function changedNames(py: PythonSource, one: FromImport, changes: readonly NameChange[]): Fix {
  const plain = new Set(one.names.filter(({ as }) => as === undefined).map(({ name }) => name));
  const to = new Map(
    // A name that is there already under its own name is not imported twice.
    changes.map(([name, next]) => [
      name,
      next !== undefined && name.as === undefined && plain.has(next) ? undefined : next,
    ]),
  );
  const isGone = (name: ImportedName): boolean => to.has(name) && to.get(name) === undefined;
  if (one.names.every(isGone)) return withoutStatement(py, one.statement);
  return one.names.flatMap((name, index): Fix => {
    const next = to.get(name);
    if (isGone(name)) return [withoutName(py, name, !one.names.slice(0, index).every(isGone))];
    if (next === undefined) return [];
    const own = firstToken(py, name.node);
    return [replaceTokens(py, [own, own + 1], next)];
  });
}

function withoutName(py: PythonSource, { node }: ImportedName, isBehindOther: boolean): TextEdit {
  let start = firstToken(py, node);
  let end = lastToken(py, node);
  if (isBehindOther) while (at(py, start).text !== ',') start -= 1;
  else while (at(py, end).text !== ',') end += 1;
  if (at(py, end + 1).kind === 'space') end += 1;
  if (at(py, end + 1).kind === 'comment') end += 1;
  const isOwnLine =
    at(py, start - 2).kind === 'nl' && at(py, start - 1).kind === 'space' && at(py, end + 1).kind === 'nl';
  return replaceTokens(py, isOwnLine ? [start - 1, end + 2] : [start, end + 1]);
}

/** The edits that import names from other modules; `to` says from which, for each name that moves. */
export function movedNames(py: PythonSource, one: FromImport, to: ReadonlyMap<string, string>): Fix {
  const moving = one.names.filter(({ name }) => to.has(name));
  if (moving.length === 0) return [];
  const byModule = new Map<string, string[]>();
  for (const { name, as } of moving) {
    const module = to.get(name) ?? '';
    byModule.set(module, [...(byModule.get(module) ?? []), as === undefined ? name : `${name} as ${as}`]);
  }
  const lines = [...byModule].map(([module, names]) => `from ${module} import ${names.sort().join(', ')}`);
  return withLines(py, one.statement, {
    lines,
    edits: changedNames(
      py,
      one,
      moving.map((name) => [name, undefined]),
    ),
  });
}

/** Edits of a statement with lines before it, as edits that do not touch where the statement goes. */
export function withLines(
  py: PythonSource,
  statement: SgNode,
  { lines, edits }: { readonly lines: readonly string[]; readonly edits: Fix },
): Fix {
  if (lines.length === 0) return edits;
  const added = linesBefore(py, statement, lines);
  const first = edits.find(({ offset }) => offset === added.offset);
  if (first === undefined) return [added, ...edits];
  return edits.map((edit) => (edit === first ? { ...edit, text: added.text + edit.text } : edit));
}
