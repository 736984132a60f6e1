import type { Node } from 'libpg-query';
import { isFailure } from '#core/error';
import type { Use } from '../../../driver.ts';
import { replaceAt } from './reference.ts';
import { sourceText } from './source-text.ts';
import { loadParser, parseTree, scanTokens } from './syntax-tree.ts';
import { useQuery } from './uses-query.ts';
import { type ColumnUse, type Gathered, type TableUse, useColumn, useTable } from './uses-scope.ts';
import { stringsOf } from './walk.ts';

/** What a statement of the application names. */
export type Uses = {
  readonly tables: readonly TableUse[];
  /** A bare name in a query over several tables counts for each of them. */
  readonly columns: readonly ColumnUse[];
  /** It takes whole rows (`*`, a row by its table's name, INSERT without a column list): no use by name. */
  readonly star: boolean;
  /** It could not be read, or holds code of its own (DO). */
  readonly unreadable: boolean;
};

const nothing: Uses = { tables: [], columns: [], star: false, unreadable: false };

/**
 * What a statement uses, e.g. one of pg_stat_statements with `$1` in place of constants. As far as the text tells, and
 * rather too much than too little. Statements of godwit itself (a comment that begins with its name, or its schema) and
 * DDL use nothing. The parser must be loaded.
 */
export function usesOf(statement: string): Uses {
  try {
    if (isOwn(statement)) return nothing;
    const gathered: Gathered = { tables: new Map(), columns: new Map(), star: false };
    const nodes = statementsOf(statement);
    for (const node of nodes) useStatement(gathered, node);
    return {
      tables: [...gathered.tables.values()].filter(({ schema }) => schema !== 'godwit'),
      columns: [...gathered.columns.values()].filter(({ table }) => table?.schema !== 'godwit'),
      star: gathered.star,
      unreadable: nodes.some((node) => 'DoStmt' in node),
    };
  } catch (error) {
    if (isFailure(error, 'sql-syntax')) return { ...nothing, unreadable: true };
    throw error;
  }
}

/** The same as the driver says it: a column that could be of any table counts for each; undefined for an unreadable one. */
export async function statementUses(statement: string): Promise<readonly Use[] | undefined> {
  await loadParser();
  const { tables, columns, unreadable } = usesOf(statement);
  if (unreadable) return undefined;
  const ofTables = tables.map(({ schema, name }) => ({ schema, table: name, column: undefined }));
  const ofColumns = columns.flatMap(({ table, column }) => {
    const owners = table === undefined ? tables : [table];
    return owners.map(({ schema, name }) => ({ schema, table: name, column }));
  });
  return [...ofTables, ...ofColumns];
}

function isOwn(statement: string): boolean {
  const comments = scanTokens(sourceText(statement)).filter(({ kind }) => kind === 'comment');
  return comments.some(({ text }) => /^(--|\/\*)\s*godwit\b/.test(text));
}

/** pg_stat_statements writes `interval $1` and `date $1`, which do not parse: a literal in their place does. */
function statementsOf(statement: string): readonly Node[] {
  try {
    return nodesOf(statement);
  } catch (error) {
    const parameters = scanTokens(sourceText(statement)).filter(({ kind }) => kind === 'parameter');
    if (!isFailure(error, 'sql-syntax') || parameters.length === 0) throw error;
    return nodesOf(
      replaceAt(
        statement,
        parameters.map(({ start, end }) => ({ start, end, text: "'1'" })),
      ),
    );
  }
}

function nodesOf(text: string): readonly Node[] {
  return parseTree(text).statements.flatMap(({ stmt }) => stmt ?? []);
}

function useStatement(gathered: Gathered, node: Node): void {
  const query = queryIn(node);
  if (query !== undefined) useQuery(gathered, query, undefined);
  if ('CopyStmt' in node && node.CopyStmt.relation !== undefined) {
    const { relname = '', schemaname } = node.CopyStmt.relation;
    const table = { schema: schemaname, name: relname };
    useTable(gathered, table);
    const columns = stringsOf(node.CopyStmt.attlist);
    for (const column of columns) useColumn(gathered, column, [table]);
    if (columns.length === 0) gathered.star = true;
  }
  const relations =
    'TruncateStmt' in node ? node.TruncateStmt.relations : 'LockStmt' in node ? node.LockStmt.relations : [];
  for (const relation of relations ?? []) {
    if ('RangeVar' in relation) {
      useTable(gathered, { schema: relation.RangeVar.schemaname, name: relation.RangeVar.relname ?? '' });
    }
  }
}

/** The query of a statement that carries one, or the statement itself where it is one. */
function queryIn(node: Node): Node | undefined {
  if ('ExplainStmt' in node) return node.ExplainStmt.query;
  if ('PrepareStmt' in node) return node.PrepareStmt.query;
  if ('DeclareCursorStmt' in node) return node.DeclareCursorStmt.query;
  if ('CreateTableAsStmt' in node) return node.CreateTableAsStmt.query;
  if ('CopyStmt' in node) return node.CopyStmt.query;
  return node;
}
