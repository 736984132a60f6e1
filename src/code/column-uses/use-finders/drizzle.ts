import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing, type UseFile, type UseTree } from '../code-use.ts';
import { throughConstants } from '../flows/through-constants.ts';
import { type Imported, importedNames } from '../imported-names.ts';
import { type DrizzleColumn, type DrizzleTable, drizzleTables } from '../mappings/drizzle-tables.ts';
import { textUses } from '../mappings/drizzle-texts.ts';
import { changesOf } from '../name-match.ts';
import { calledName, propertyName } from '../syntax.ts';
import type { UseFinder } from '../use-finder.ts';

/** Tables that Drizzle declares, and what reads or writes such a column through them. */
export const drizzle: UseFinder = {
  id: 'drizzle',
  summary: 'columns of pgTable by their mapped name, and uses of such a column by symbol, through imports',
  async find(tree) {
    const isSnake = tree.files.some(({ text }) => /casing:\s*['"]snake_case['"]/.test(text));
    const tables = tree.files.flatMap((file) => drizzleTables(file, { isSnake, tree }));
    const touched = tables.flatMap((table) => touchedBy(table, tree));
    const uses = touched.map((one) => mappingUse(one, tables));
    for (const file of tree.files) {
      tree.signal.throwIfAborted();
      uses.push(...viewUses(file, { touched }), ...symbolUses(file, { touched, tree }));
      uses.push(...(await textUses(file, { tree, tables })));
    }
    return uses;
  },
};

type Touched = {
  readonly table: DrizzleTable;
  readonly index: number;
  readonly to: string | undefined;
  /** Undefined where the table itself changes. */
  readonly column: DrizzleColumn | undefined;
};

function touchedBy(table: DrizzleTable, { changes }: UseTree): readonly Touched[] {
  return changesOf(changes, { schema: table.schema, name: table.table }).flatMap(
    ({ change, index }): readonly Touched[] => {
      const to = newNameOf(change);
      if (!('column' in change)) return [{ table, index, to, column: undefined }];
      return table.columns
        .filter(({ column }) => column === change.column)
        .map((column) => ({ table, index, to, column }));
    },
  );
}

const shared = 'No patch: several tables have this column from here. Change it by hand.';
const composed = 'No patch: a creator of tables puts something around this name. Change it by hand.';

/** Only the mapping is edited: what the code calls the column may stay. */
function mappingUse({ table, index, to, column }: Touched, tables: readonly DrizzleTable[]): CodeUse {
  const at = column?.property.name ?? table.name.node;
  const path = at.getSourceFile().fileName;
  const place = { path, start: at.getStart(), end: at.getEnd(), change: index, doubt: undefined } as const;
  const kind = column === undefined ? 'drizzle/table' : 'drizzle/column';
  const base = { ...place, kind, role: 'mapping' } as const;
  const holders = tables.filter(({ columns }) => columns.some((one) => one.builder === column?.builder));
  const held = new Set(holders.map(({ schema, table: name }) => `${schema} ${name}`));
  const reason = held.size > 1 ? shared : column === undefined && table.isPart ? composed : undefined;
  if (to === undefined || reason !== undefined) return { ...base, ...bothVersions([]), unedited: reason };
  const literal = column === undefined ? table.name : column.said;
  const said = literal?.node.getSourceFile().fileName ?? path;
  const edits = bothVersions([renamed({ table, column, to })]);
  if (literal === undefined || said === path) return throughConstants({ ...base, ...edits }, literal?.through ?? []);
  const [start, end] = [literal.node.getStart(), literal.node.getEnd()];
  return throughConstants({ ...base, path: said, start, end, ...edits }, literal.through);
}

function renamed({ table, column, to }: Pick<Touched, 'table' | 'column'> & { readonly to: string }) {
  const literal = column === undefined ? table.name : column.said;
  if (literal !== undefined) return replacing(literal.node.getStart() + 1, literal.node.getEnd() - 1, to);
  const { arguments: given } = column?.builder ?? { arguments: undefined };
  const open = given?.pos ?? 0;
  return replacing(open, open, given?.length === 0 ? `'${to}'` : `'${to}', `);
}

type Looking = { readonly touched: readonly Touched[]; readonly tree: UseTree };

function symbolUses(file: UseFile, { touched, tree }: Looking): readonly CodeUse[] {
  const columns = touched.flatMap(({ column, ...one }) => (column === undefined ? [] : [{ ...one, column }]));
  const source = columns.length === 0 ? undefined : file.tree();
  if (source === undefined) return [];
  tree.signal.throwIfAborted();
  const imported = importedNames(file.path, source);
  return [...nodesBelow(source)].flatMap((node) =>
    columns.flatMap(({ table, index, column }) => {
      const names = namesOf(file, { table, imported });
      const at = usedAt(node, { names, key: column.key, variable: table.variable ?? '' });
      if (at === undefined) return [];
      const edits = isOutput(at) ? [replacing(at.getEnd() + 1, at.getEnd() + 1, ` AS "${column.column}"`)] : [];
      const base = { path: file.path, change: index, kind: 'drizzle/use', role: 'read', doubt: undefined } as const;
      return [{ ...base, start: at.getStart(), end: at.getEnd(), ...bothVersions(edits) }];
    }),
  );
}

/** What the table is called in a file: its own name where it is declared, or what imports call it. */
function namesOf(
  file: UseFile,
  { table, imported }: { readonly table: DrizzleTable; readonly imported: readonly Imported[] },
) {
  const { variable, path } = table;
  if (variable === undefined) return [];
  if (file.path === path) return [variable];
  return imported.flatMap(({ name, local, mayBe }) => {
    if (!mayBe(path)) return [];
    return name === variable ? [local] : name === '*' ? [`${local}.${variable}`] : [];
  });
}

/** Is it what a statement gives, under the name that the database has for it: ``sql`select ${users.name} from ${users}` ``? */
function isOutput({ parent: access }: TypeScript.Node): boolean {
  const { parent: span } = access;
  if (!ts.isTemplateSpan(span) || !ts.isTaggedTemplateExpression(span.parent.parent)) return false;
  const { text } = span.getSourceFile();
  const before = text.slice(span.parent.getStart() + 1, access.getStart() - 2);
  const isListed =
    /(^|;)\s*(select|with\b[\s\S]*\)\s*select)\s+(?![\s\S]*\bfrom\b)/i.test(before) || /\breturning\s/i.test(before);
  return (
    isListed && /(\b(select|distinct|returning)\s|,)\s*$/i.test(before) && /^\s*(,|from\b|$)/i.test(span.literal.text)
  );
}

const viewKeeps =
  'No patch: the view in the database keeps the name of what it gives, and Drizzle would ask it for the new one. Give it the old name by hand, as in sql(…).as(…).';

/** Columns that a view gives, as its query says: `pgView('v').as((qb) => qb.select({ name: users.name }).from(users))`. */
function viewUses(file: UseFile, { touched }: Pick<Looking, 'touched'>): readonly CodeUse[] {
  const source = /\bpg(Materialized)?View\b/.test(file.text) ? file.tree() : undefined;
  if (source === undefined) return [];
  const imported = importedNames(file.path, source);
  const views = [...nodesBelow(source)].filter(
    (node): node is TypeScript.CallExpression =>
      ts.isCallExpression(node) &&
      calledName(node) === 'as' &&
      /\bpg(Materialized)?View\s*\(|\.(materializedView|view)\s*\(/.test(node.expression.getText()),
  );
  return touched.flatMap(({ table, index, column, to }): readonly CodeUse[] => {
    if (column === undefined || to === undefined) return [];
    const names = namesOf(file, { table, imported });
    const given = views.flatMap((view) =>
      [...nodesBelow(view)].flatMap((node) => givenBy(node, names, column.key) ?? []),
    );
    const base = { path: file.path, change: index, kind: 'drizzle/view', role: 'read', doubt: undefined } as const;
    return given.map((at) => ({
      ...base,
      start: at.getStart(),
      end: at.getEnd(),
      ...bothVersions([]),
      unedited: viewKeeps,
    }));
  });
}

/** `users.name` as a value of what is selected, or `from(users)` of all that there is. */
function givenBy(node: TypeScript.Node, names: readonly string[], key: string): TypeScript.Node | undefined {
  if (ts.isPropertyAssignment(node)) {
    const value = node.initializer;
    const isColumn = ts.isPropertyAccessExpression(value) && value.name.text === key;
    return isColumn && names.includes(value.expression.getText()) ? value.name : undefined;
  }
  if (!ts.isCallExpression(node) || calledName(node) !== 'from') return undefined;
  const [first] = node.arguments;
  const isAll = /\.\s*select(Distinct)?\(\s*\)\s*\.\s*from$/.test(node.expression.getText());
  return isAll && first !== undefined && names.includes(first.getText()) ? first : undefined;
}

type Wanted = { readonly names: readonly string[]; readonly key: string; readonly variable: string };

function usedAt(node: TypeScript.Node, { names, key, variable }: Wanted): TypeScript.Node | undefined {
  if (ts.isPropertyAccessExpression(node) && node.name.text === key && names.includes(node.expression.getText())) {
    return node.name;
  }
  const name = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) ? propertyName(node) : undefined;
  if (name !== key || !ts.isObjectLiteralElement(node)) return undefined;
  const call = callAround(node);
  if (call === undefined) return undefined;
  const called = calledName(call) ?? '';
  if (/^(values|set|onConflictDoUpdate)$/.test(called) && rootArgument(call, names)) return node.name;
  const isRelational = new RegExp(`\\bquery\\.${variable}$`).test(call.expression.getText().replace(/\.\w+$/, ''));
  return isRelational && /^find(Many|First)$/.test(called) && names.length > 0 ? node.name : undefined;
}

/** The call in whose argument a property stands, through literals alone. */
function callAround(node: TypeScript.Node): TypeScript.CallExpression | undefined {
  let { parent } = node;
  while (ts.isObjectLiteralExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent))
    parent = parent.parent;
  return ts.isCallExpression(parent) ? parent : undefined;
}

/** `insert(users)` at the bottom of `db.insert(users).values(…)`. */
function rootArgument(call: TypeScript.CallExpression, names: readonly string[]): boolean {
  for (let at: TypeScript.Node = call; ts.isCallExpression(at); ) {
    if (/^(insert|update)$/.test(calledName(at) ?? '')) return names.includes(at.arguments[0]?.getText() ?? '');
    if (!ts.isPropertyAccessExpression(at.expression)) return false;
    at = at.expression.expression;
  }
  return false;
}
