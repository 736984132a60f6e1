import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { at, firstToken, lineEndFrom, replaceTokens } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { movedTo, removedNames, renamedModule } from '../reading/moved-names.ts';

import type { PythonFile } from '../reading/python-file.ts';

/** A name in an import. */
type Alias = { readonly name: string; readonly as: string | undefined; readonly first: number; readonly last: number };

/** `from six.moves import getcwd` is `from os import getcwd`; what Python has by itself is not imported. */
export const movedImports = pythonTransform({
  id: 'moved-imports',
  why: 'Modules of Python 2, and backports, have their place in the standard library.',
  mentions: ['import'],
  find: (py) => [
    ...py.all('import_from_statement', 'future_import_statement').flatMap((statement) => fromFix(py, statement) ?? []),
    ...py.all('import_statement').flatMap((statement) => importFix(py, statement) ?? []),
  ],
});

function aliasesOf(py: PythonFile, names: readonly SgNode[]): readonly Alias[] {
  return names.map((node) => {
    const name = node.is('aliased_import') ? node.field('name') : node;
    const alias = node.is('aliased_import') ? node.field('alias') : null;
    const first = firstToken(py, node);
    const end = node.range().end.index;
    let last = first;
    while (at(py, last).end < end) last += 1;
    return { name: (name?.text() ?? '').replaceAll(/\s/g, ''), as: alias?.text(), first, last };
  });
}

function spelled(name: string, as: string | undefined): string {
  return as === undefined ? name : `${name} as ${as}`;
}

type Sorted = {
  readonly removed: readonly number[];
  readonly moved: readonly (readonly [index: number, module: string])[];
  readonly modules: readonly (readonly [index: number, module: string])[];
};

function fromFix(py: PythonFile, statement: SgNode): readonly Fix[] | undefined {
  const isFuture = statement.is('future_import_statement');
  const from = isFuture ? null : statement.field('module_name');
  if (!isFuture && from?.is('dotted_name') !== true) return undefined;
  const module = isFuture ? '__future__' : (from?.text() ?? '').replaceAll(/\s/g, '');
  const isStar = statement.children().some((child) => child.is('wildcard_import'));
  const aliases = isStar
    ? [{ name: '*', as: undefined, first: 0, last: 0 }]
    : aliasesOf(py, statement.fieldChildren('name'));
  const { settings } = py;
  const column = statement.range().start.column;
  const gone = column === 0 ? removedNames(settings.minor, module) : [];
  const removed = aliases.flatMap(({ name, as }, index) => (as === undefined && gone.includes(name) ? [index] : []));
  const moved = aliases.flatMap(({ name }, index) => {
    const to = movedTo(module, name, settings);
    return to === undefined ? [] : [[index, to] as const];
  });
  const modules = aliases.flatMap(({ name, as }, index) => {
    const to = renamedModule(`${module}.${name}`, settings);
    return to !== undefined && (as !== undefined || name === to) ? [[index, to] as const] : [];
  });
  const start = firstToken(py, statement);
  if (removed.length === aliases.length) return [[replaceTokens(py, [start, lineEndFrom(py, start)])]];
  const targets = new Set(moved.map(([, to]) => to));
  const [only] = targets;
  const rename = (name: string): readonly Fix[] => (from === null ? [] : [[moduleEdit(py, from, name)]]);
  if (moved.length === aliases.length && targets.size === 1 && only !== undefined) return rename(only);
  if (removed.length + moved.length + modules.length > 0)
    return mixedFix(py, statement, { aliases, removed, moved, modules });
  const renamed = renamedModule(module, settings);
  return renamed === undefined ? undefined : rename(renamed);
}

function moduleEdit(py: PythonFile, from: SgNode, name: string) {
  const first = firstToken(py, from);
  const end = from.range().end.index;
  let last = first;
  while (at(py, last).end < end) last += 1;
  return replaceTokens(py, [first, last + 1], name);
}

/** The indentation of a statement that begins its line; undefined for one behind another (`if x: import y`). */
function indentationOf(py: PythonFile, start: number): string | undefined {
  const isBegin = (index: number): boolean => index === 0 || ['nl', 'newline'].includes(at(py, index - 1).kind);
  if (at(py, start - 1).kind === 'space') return isBegin(start - 1) ? at(py, start - 1).text : undefined;
  return isBegin(start) ? '' : undefined;
}

function mixedFix(
  py: PythonFile,
  statement: SgNode,
  { aliases, ...sorted }: Sorted & { readonly aliases: readonly Alias[] },
): readonly Fix[] {
  const start = firstToken(py, statement);
  const indent = indentationOf(py, start);
  if (indent === undefined) return [];
  const added = new Map<string, string[]>();
  const add = (module: string, name: string): unknown => added.set(module, [...(added.get(module) ?? []), name]);
  const lines: string[] = [];
  for (const [index, to] of sorted.moved) add(to, spelled(aliases[index]?.name ?? '', aliases[index]?.as));
  for (const [index, to] of sorted.modules) {
    const cut = to.lastIndexOf('.');
    const name = spelled(to.slice(cut + 1), aliases[index]?.as);
    if (cut === -1) lines.push(`${indent}import ${name}\n`);
    else add(to.slice(0, cut), name);
  }
  for (const [module, names] of added) lines.push(`${indent}from ${module} import ${names.join(', ')}\n`);
  const gone = [...sorted.removed, ...sorted.moved.map(([index]) => index), ...sorted.modules.map(([index]) => index)];
  return [
    rewrittenList(py, {
      start,
      aliases,
      gone: [...new Set(gone)].sort((one, other) => one - other),
      lines: lines.sort(),
      indent,
    }),
  ];
}

type Rewrite = {
  readonly start: number;
  readonly aliases: readonly Alias[];
  readonly gone: readonly number[];
  readonly lines: readonly string[];
  readonly indent: string;
};

function rewrittenList(py: PythonFile, { start, aliases, gone, lines, indent }: Rewrite): Fix {
  const end = lineEndFrom(py, start);
  const hasEnd = /[\r\n]$/.test(at(py, end - 1).text);
  const from = indent === '' ? start : start - 1;
  if (gone.length === aliases.length) return [replaceTokens(py, [from, end], lines.join(''))];
  const added =
    lines.length === 0 ? [] : [{ ...replaceTokens(py, [end, end], `${hasEnd ? '' : '\n'}${lines.join('')}`) }];
  return [...withoutNames(py, aliases, gone), ...added];
}

/** The edits that take names out of a list: the first up to the next, the others with the comma before. */
function withoutNames(py: PythonFile, aliases: readonly Alias[], gone: readonly number[]): Fix {
  const lead = aliases.findIndex((_, index) => !gone.includes(index));
  const first = aliases[0];
  const kept = aliases[lead];
  const edits =
    lead > 0 && first !== undefined && kept !== undefined ? [replaceTokens(py, [first.first, kept.first])] : [];
  for (const index of gone.filter((one) => one > lead)) {
    const alias = aliases[index];
    if (alias === undefined) continue;
    let comma = alias.first;
    while (at(py, comma).text !== ',') comma -= 1;
    edits.push(replaceTokens(py, [comma, alias.last + 1]));
  }
  return edits;
}

function importFix(py: PythonFile, statement: SgNode): readonly Fix[] | undefined {
  const aliases = aliasesOf(py, statement.fieldChildren('name'));
  const asFrom: (readonly [number, string])[] = [];
  const exact: (readonly [number, string])[] = [];
  aliases.forEach(({ name, as }, index) => {
    const to = renamedModule(name, py.settings);
    if (to === undefined) return;
    const cut = to.lastIndexOf('.');
    if (cut !== -1 && to.slice(cut + 1) === name.split('.')[0]) asFrom.push([index, to]);
    else if (as !== undefined) exact.push([index, to]);
  });
  if (asFrom.length + exact.length === 0) return undefined;
  const start = firstToken(py, statement);
  const indent = indentationOf(py, start);
  if (indent === undefined) return [];
  const lines = asFrom.map(([index, to]) => {
    const cut = to.lastIndexOf('.');
    return `${indent}from ${to.slice(0, cut)} import ${spelled(to.slice(cut + 1), aliases[index]?.as)}\n`;
  });
  const rewritten = rewrittenList(py, {
    start,
    aliases,
    gone: asFrom.map(([index]) => index),
    lines: lines.sort(),
    indent,
  });
  const renamed = exact.flatMap(([index, to]) => {
    const alias = aliases[index];
    return alias === undefined ? [] : [replaceTokens(py, [alias.first, alias.last + 1], spelled(to, alias.as))];
  });
  return [[...rewritten, ...renamed]];
}
