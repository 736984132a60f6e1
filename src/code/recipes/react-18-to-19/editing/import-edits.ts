import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf, isTypeImport } from '../../../engine/bindings.ts';
import { replaceNode } from '../../../engine/edit-node.ts';
import type { TextEdit } from '../../../recipe.ts';
import { moduleBindingsOf } from '../reading/export-uses.ts';
import { grouped } from './grouped.ts';
import { insertAfter, insertBefore, removeBetween, removeStatement, styleOf } from './style.ts';

/** A name that a file shall have of a module. */
export type NewName = {
  readonly module: string;
  readonly imported: string;
  readonly local: string;
  readonly isType: boolean;
};

/** What becomes of a file's imports. Nothing else of the file is touched. */
export type ImportChanges = {
  readonly drop: readonly Binding[];
  readonly add: readonly NewName[];
  /** Where a new statement stands, where no import of the module can take the name; without it, at the head of the file. */
  readonly at?: { readonly near: SgNode; readonly side: 'before' | 'after' };
};

/** The name under which a file has an export already; a type alone does not stand for a value. */
export function importedAs(
  root: SgNode,
  { module, imported, isType }: Pick<NewName, 'module' | 'imported' | 'isType'>,
  dropped: readonly Binding[] = [],
): string | undefined {
  const gone = new Set(dropped.map(({ node }) => node.id()));
  return moduleBindingsOf(root, (name) => name === module).find(
    (one) => one.imported === imported && (isType || !one.isTypeOnly) && !gone.has(one.node.id()) && isAtTop(one),
  )?.local;
}

/** Edits that drop names from imports and requires, and add others: to an import that is there, else as a new one. */
export function importEdits(root: SgNode, { drop, add, at }: ImportChanges): readonly TextEdit[] {
  const hosted = new Map<number, { readonly host: Host; readonly names: NewName[] }>();
  const homeless: NewName[] = [];
  for (const name of add) {
    const host = hostFor(root, name);
    if (host === undefined) homeless.push(name);
    else hosted.set(host.statement.id(), { host, names: [...(hosted.get(host.statement.id())?.names ?? []), name] });
  }
  const groups = grouped(drop, (binding) => statementAround(binding).id());
  const edits: TextEdit[] = [];
  for (const [id, dropped] of groups) edits.push(...changed(dropped, hosted.get(id)?.names ?? []));
  for (const [id, { host, names }] of hosted) if (!groups.has(id)) edits.push(grown(host, [], names));
  return [...edits, ...newStatements(root, homeless, at === undefined ? undefined : outlasting(at, edits))];
}

/** A new statement takes the place of one that goes: behind it there is nothing to stand at. */
function outlasting(
  at: NonNullable<ImportChanges['at']>,
  edits: readonly TextEdit[],
): NonNullable<ImportChanges['at']> {
  const { start, end } = at.near.range();
  const isGone = edits.some(
    ({ offset, length }) => offset <= start.index && offset + length >= end.index && length > 0,
  );
  return isGone ? { near: at.near, side: 'before' } : at;
}

/** True where an import, or a `require`, that is there can take a name. */
export function canJoin(root: SgNode, name: NewName): boolean {
  return hostFor(root, name) !== undefined;
}

function isAtTop(binding: Binding): boolean {
  return statementAround(binding).parent()?.is('program') === true;
}

/** The whole statement that a binding stands in. */
export function statementAround({ statement }: Binding): SgNode {
  return statement.is('variable_declarator') ? (statement.parent() ?? statement) : statement;
}

/** An import or a `require` with, or without as yet, a list of names. */
type Host = { readonly statement: SgNode; readonly list: SgNode | undefined; readonly head: SgNode | undefined };

function hostFor(root: SgNode, { module, isType }: NewName): Host | undefined {
  for (const binding of bindingsOf(root, (name) => name === module)) {
    if (!isAtTop(binding) || binding.form === 'dynamic-import') continue;
    const statement = statementAround(binding);
    const list = listOf(binding);
    if (binding.form === 'require') {
      if (list !== undefined && !isType) return { statement, list, head: undefined };
      continue;
    }
    const isWhollyType = isTypeImport(statement);
    if (isWhollyType && (!isType || list === undefined)) continue;
    if (list !== undefined) return { statement, list, head: undefined };
    const isDefaultOnly = binding.imported === 'default' && binding.node.parent()?.namedChildren().length === 1;
    if (isDefaultOnly) return { statement, list: undefined, head: binding.node };
  }
  return undefined;
}

function listOf(binding: Binding): SgNode | undefined {
  return (
    binding.node.ancestors().find((one) => one.kind() === 'named_imports' || one.kind() === 'object_pattern') ??
    namedBeside(binding)
  );
}

/** `{ … }` of `import x, { … }`. */
function namedBeside({ node }: Binding): SgNode | undefined {
  return node
    .parent()
    ?.namedChildren()
    .find((one) => one.kind() === 'named_imports');
}

function itemsOf(list: SgNode): readonly SgNode[] {
  return list.namedChildren().filter((one) => one.kind() !== 'comment');
}

/** What a binding takes of its list, or of the clause of its import. */
function itemOf({ node }: Binding): SgNode {
  const parent = node.parent();
  const isPart =
    parent !== null && ['import_specifier', 'namespace_import', 'pair_pattern'].includes(String(parent.kind()));
  return isPart ? parent : node;
}

function changed(dropped: readonly Binding[], added: readonly NewName[]): readonly TextEdit[] {
  const [first] = dropped;
  if (first === undefined) return [];
  const statement = statementAround(first);
  const gone = new Set(dropped.map((binding) => itemOf(binding).id()));
  const list = dropped.map(listOf).find((one) => one !== undefined);
  const kept = list === undefined ? [] : itemsOf(list).filter((item) => !gone.has(item.id()));
  const isListLeft = kept.length > 0 || added.length > 0;
  const clause = first.form === 'import' ? statement.children().find((one) => one.is('import_clause')) : undefined;
  const heads = clause?.namedChildren().filter((one) => one.kind() !== 'named_imports') ?? [];
  const headLeft = heads.filter((one) => !gone.has(one.id()));
  if (headLeft.length === 0 && !isListLeft) return [removalOf(first, statement)];
  const edits: TextEdit[] = [];
  for (const head of heads) if (gone.has(head.id())) edits.push(headRemoval(head));
  if (list === undefined) {
    const [left] = headLeft;
    return left === undefined
      ? edits
      : [...edits, ...(added.length > 0 ? [grown({ statement, list, head: left }, [], added)] : [])];
  }
  if (!isListLeft) {
    const end = headLeft.at(-1)?.range().end.index ?? list.range().start.index;
    return [...edits, removeBetween(end, list.range().end.index)];
  }
  return [
    ...edits,
    ...shrunk(list, gone),
    ...(added.length > 0 ? [grown({ statement, list, head: undefined }, [...gone], added)] : []),
  ];
}

function removalOf(binding: Binding, statement: SgNode): TextEdit {
  const declarators = statement.namedChildren().filter((one) => one.is('variable_declarator'));
  if (binding.form === 'import' || declarators.length < 2) return removeStatement(statement);
  const index = declarators.findIndex((one) => one.id() === binding.statement.id());
  const [before, own, after] = [declarators[index - 1], declarators[index], declarators[index + 1]];
  if (own === undefined) return removeStatement(statement);
  if (after !== undefined) return removeBetween(own.range().start.index, after.range().start.index);
  return removeBetween(before?.range().end.index ?? own.range().start.index, own.range().end.index);
}

/** A default or namespace import goes with the comma that joins it to its neighbour. */
function headRemoval(head: SgNode): TextEdit {
  const next = head.nextAll().find((one) => one.isNamed());
  if (next !== undefined) return removeBetween(head.range().start.index, next.range().start.index);
  const before = head.prevAll().find((one) => one.isNamed());
  return removeBetween(before?.range().end.index ?? head.range().start.index, head.range().end.index);
}

function shrunk(list: SgNode, gone: ReadonlySet<number>): readonly TextEdit[] {
  const items = itemsOf(list);
  const lastKept = items.findLastIndex((item) => !gone.has(item.id()));
  if (lastKept === -1) return [];
  return items.flatMap((item, index) => {
    if (!gone.has(item.id())) return [];
    const next = items[index + 1];
    if (index < lastKept && next !== undefined)
      return [removeBetween(item.range().start.index, next.range().start.index)];
    const before = items[index - 1];
    return before === undefined ? [] : [removeBetween(before.range().end.index, item.range().end.index)];
  });
}

/** Adds names to a list behind the last that stays, or gives a default import a list. */
function grown({ statement, list, head }: Host, gone: readonly number[], names: readonly NewName[]): TextEdit {
  const isWhollyType = isTypeImport(statement);
  const joins = statement.is('import_statement') ? ' as ' : ': ';
  const texts = names.map((name) => written(name, { joins, isMarked: !isWhollyType && joins === ' as ' }));
  if (list === undefined) {
    return head === undefined ? insertAfter(statement, '') : insertAfter(head, `, { ${texts.join(', ')} }`);
  }
  const items = itemsOf(list);
  const last = items.findLast((item) => !gone.includes(item.id()));
  if (last === undefined) return emptied(list, items, texts.join(', '));
  const isOnOwnLine =
    last.range().start.line > list.range().start.line && last.range().start.line !== list.range().end.line;
  const gap = isOnOwnLine ? `\n${' '.repeat(last.range().start.column)}` : ' ';
  return insertAfter(last, texts.map((text) => `,${gap}${text}`).join(''));
}

function emptied(list: SgNode, items: readonly SgNode[], text: string): TextEdit {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return replaceNode(list, `{ ${text} }`);
  const offset = first.range().start.index;
  return { offset, length: last.range().end.index - offset, text };
}

function written(
  { imported, local, isType }: NewName,
  { joins, isMarked }: { readonly joins: string; readonly isMarked: boolean },
): string {
  return `${isType && isMarked ? 'type ' : ''}${imported === local ? imported : `${imported}${joins}${local}`}`;
}

function newStatements(root: SgNode, names: readonly NewName[], at: ImportChanges['at']): readonly TextEdit[] {
  const { near, side } = at ?? headOf(root);
  const isRequire = near !== undefined && !near.is('import_statement') && /\brequire\(/.test(near.text());
  const style = styleOf(root, near);
  const lines = [...grouped(names, ({ module, isType }) => `${module} ${isType}`).values()].map((group) =>
    statementFor(group, { ...style, isRequire }),
  );
  if (lines.length === 0) return [];
  if (near === undefined) return [{ offset: 0, length: 0, text: lines.map((line) => `${line}\n`).join('') }];
  if (side === 'after') return [insertAfter(near, lines.map((line) => `\n${line}`).join(''))];
  const isFirst = at === undefined && !isRequire;
  return [insertBefore(near, lines.map((line) => `${line}\n`).join('') + (isFirst ? '\n' : ''))];
}

function statementFor(
  group: readonly NewName[],
  { quote, semicolon, isRequire }: { readonly quote: string; readonly semicolon: string; readonly isRequire: boolean },
): string {
  const [{ module, isType } = { module: '', isType: false }] = group;
  const whole = group.find(({ imported }) => imported === '*' || imported === 'default');
  const source = `${quote}${module}${quote}`;
  if (isRequire && !isType) {
    const names = group.map((name) => written(name, { joins: ': ', isMarked: false })).join(', ');
    return `const ${whole?.local ?? `{ ${names} }`} = require(${source})${semicolon}`;
  }
  const names = group.map((name) => written(name, { joins: ' as ', isMarked: false })).join(', ');
  const clause = whole === undefined ? `{ ${names} }` : `${whole.imported === '*' ? '* as ' : ''}${whole.local}`;
  return `import ${isType ? 'type ' : ''}${clause} from ${source}${semicolon}`;
}

/** Behind the last import; without one, before the first statement that is no directive, with the comments that lie on it. */
export function headOf(root: SgNode): { readonly near: SgNode | undefined; readonly side: 'before' | 'after' } {
  const statements = root.namedChildren();
  const lastImport = statements.findLast((one) => one.is('import_statement'));
  if (lastImport !== undefined) return { near: lastImport, side: 'after' };
  const isDirective = (one: SgNode): boolean => one.is('expression_statement') && one.child(0)?.is('string') === true;
  const index = statements.findIndex(
    (one) => one.kind() !== 'comment' && one.kind() !== 'hash_bang_line' && !isDirective(one),
  );
  let near = statements[index];
  for (let at = index - 1; at >= 0; at -= 1) {
    const [comment, below] = [statements[at], statements[at + 1]];
    const touches = comment?.kind() === 'comment' && comment.range().end.line + 1 === below?.range().start.line;
    if (!touches) break;
    near = comment;
  }
  return { near, side: 'before' };
}
