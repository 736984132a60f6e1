import type { Action, Step, Timing } from '#core/plan';
import { dbActionSchema } from './action.ts';
import { type QualifiedName, type Snapshot, type Table, tableNamed } from './schema.ts';

const source = 'estimated from row estimates';

/** Rows per second on two cores with the load of an application beside it (embedded PostgreSQL 18). */
const rowsPerSecond = {
  'db/batches': 50_000,
  'db/compare': 400_000,
  'db/index': 500_000,
  'db/sql': 2_000_000,
  'db/check': 2_000_000,
};

/** How long a step may take, from the row estimates of the tables that it walks. A guess until a rehearsal measures it. */
export function estimate(step: Step, snapshot: Snapshot): Timing {
  return { stepId: step.id, ms: Math.ceil(costOf(step.action, snapshot) + costOf(step.verify, snapshot)), source };
}

function costOf(action: Action, snapshot: Snapshot): number {
  const parts = action.actions;
  if (action.kind === 'sequence' && Array.isArray(parts)) {
    return parts.reduce((sum, part) => sum + costOf(part, snapshot), 0);
  }
  const parsed = dbActionSchema.safeParse(action);
  if (!parsed.success) return 0;
  const found = parsed.data;
  switch (found.kind) {
    case 'db/batches':
    case 'db/compare':
      return walk(found.kind, found.over.table, snapshot);
    case 'db/index':
      return found.want === 'present' ? walk(found.kind, found.table, snapshot) : 100;
    case 'db/sql':
      return found.statementTimeoutMs === 0 ? 100 + largest(found.locks, snapshot) : 50;
    case 'db/check':
    case 'db/usage':
      return 20;
  }
}

function walk(kind: 'db/batches' | 'db/compare' | 'db/index', table: QualifiedName, snapshot: Snapshot): number {
  return 50 + (rowsOf(tableNamed(snapshot, table)) / rowsPerSecond[kind]) * 1000;
}

/** Statements that scan name the relation in their locks. */
function largest(locks: readonly { readonly relation: string }[], snapshot: Snapshot): number {
  const rows = locks.map(({ relation }) =>
    rowsOf(snapshot.tables.find(({ schema, name }) => `${schema}.${name}` === relation)),
  );
  return (Math.max(0, ...rows) / rowsPerSecond['db/sql']) * 1000;
}

function rowsOf(table: Table | undefined): number {
  return Math.max(0, table?.rows ?? 0);
}
