import type { Action, Step } from '#core/plan';
import { code } from './markdown-text.ts';
import { diffOf, treeSentence } from './tree-actions.ts';

/** One thing that an action does, ready to be shown: a sentence, and SQL or a diff where there is some. */
export type Shown = {
  readonly says: string;
  readonly sql: readonly string[];
  readonly locks?: string | undefined;
  /** A unified diff, or lines of another kind, as they stand. */
  readonly diff?: string | undefined;
};

/**
 * What an action does, for people. Shows the texts that stand in it (`statements`, `create`, `query`, `diff`) and names the
 * kind, so that a new kind is shown without a change here.
 */
export function showAction(action: Action | { readonly kind: 'irreversible'; readonly why: string }): readonly Shown[] {
  if (action.kind === 'none') return [];
  if (action.kind === 'irreversible') return [{ says: `Cannot be taken back: ${String(action.why)}`, sql: [] }];
  const parts = 'actions' in action ? listOf(action.actions) : undefined;
  if (action.kind === 'sequence' && parts !== undefined)
    return parts.flatMap((part) => (isAction(part) ? showAction(part) : []));
  const fields: Readonly<Record<string, unknown>> = action;
  const diff = diffOf(fields);
  const says = treeSentence(action.kind, fields) ?? sentence(action.kind, fields);
  return [{ says, sql: sqlOf(fields), locks: locksOf(action), ...(diff === undefined ? {} : { diff }) }];
}

/** One cell of a table: the whole action in a few words. */
export function brief(action: Step['action'] | Step['rollback']): string {
  const shown = showAction(action);
  if (shown.length === 0) return '–';
  return shown
    .map(({ says, sql }) => (sql.length === 1 && oneLine(sql[0]).length <= 80 ? code(oneLine(sql[0])) : says))
    .join('; ');
}

function sentence(kind: string, fields: Readonly<Record<string, unknown>>): string {
  const range = tableIn(fields.over) ?? tableIn(fields);
  switch (kind) {
    case 'db/sql':
      return `one transaction, ${count(sqlOf(fields).length, 'statement')}`;
    case 'db/index':
      return fields.want === 'absent'
        ? `drop index ${String(fields.index)} concurrently`
        : `build index ${String(fields.index)} concurrently`;
    case 'db/batches':
      return `in batches over ${range ?? 'the table'}`;
    case 'db/compare':
      if (typeof fields.said === 'string') return `look for rows of ${range ?? 'the table'} in which ${fields.said}`;
      return `compare every row of ${range ?? 'the table'}: ${String(fields.left)} with ${String(fields.right)}`;
    case 'db/check':
      return 'check by query';
    case 'code/name-uses':
      return 'look for uses of the old names in the code';
    case 'db/usage':
      return 'look for uses of the old names in pg_stat_statements';
    default:
      return kind;
  }
}

/** The locks that an action claims, in words; undefined where it claims none. */
export function locksOf(action: Action): string | undefined {
  const fields: Readonly<Record<string, unknown>> = action;
  const claims = listOf(fields.locks)?.flatMap((claim) => {
    const isClaim = typeof claim === 'object' && claim !== null && 'relation' in claim && 'mode' in claim;
    return isClaim ? [`${String(claim.mode)} on ${String(claim.relation)}`] : [];
  });
  if (claims === undefined || claims.length === 0) return undefined;
  const patience = typeof fields.lockTimeoutMs === 'number' && fields.lockTimeoutMs > 0;
  return `${claims.join(', ')}${patience ? `; waits at most ${String(fields.lockTimeoutMs)} ms each time, then steps back and tries again` : ''}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function sqlOf(fields: Readonly<Record<string, unknown>>): readonly string[] {
  if (fields.want === 'absent' && typeof fields.index === 'string') return [];
  const statements = listOf(fields.statements)?.filter((statement) => typeof statement === 'string') ?? [];
  const single = [fields.create, fields.query].filter((text) => typeof text === 'string');
  return [...statements, ...single];
}

function tableIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('table' in value)) return undefined;
  const { table } = value;
  if (typeof table !== 'object' || table === null || !('schema' in table) || !('name' in table)) return undefined;
  return `${String(table.schema)}.${String(table.name)}`;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

function oneLine(sql: string | undefined): string {
  return (sql ?? '').replaceAll(/\s+/g, ' ').trim();
}
