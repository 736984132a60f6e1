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
      uses.push(...symbolUses(file, { touched, tree }), ...(await textUses(file, { tree, tables })));
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
  const holders = tables.filter(({ columns }) => columns.some((one) => one.property === column?.property));
  const reason = holders.length > 1 ? shared : column === undefined && table.isPart ? composed : undefined;
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
      const base = { path: file.path, change: index, kind: 'drizzle/use', role: 'read', doubt: undefined } as const;
      return [{ ...base, start: at.getStart(), end: at.getEnd(), first: [], final: [] }];
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
