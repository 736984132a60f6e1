import type { HeldLock, RelationState, ServerState } from './server-state.ts';

/** What the server did while one statement ran. Relations go by the names that they had before it: `public.users`. */
export type Observation = {
  readonly statement: string;
  /** The strongest mode that it took newly on each relation that was there before it, in PostgreSQL's words. */
  readonly locks: readonly ObservedLock[];
  /** Tables and materialized views that were written anew as a whole: they have another file, with rows in it. */
  readonly rewrites: readonly string[];
  /** Tables and materialized views whose file was replaced by an empty one. */
  readonly emptied: readonly string[];
  /** Indexes that were there before and have another file. */
  readonly rebuiltIndexes: readonly string[];
  /** Tables every row of which was read, by itself or through an index. Of what is partitioned, the partitions. */
  readonly scans: readonly string[];
  /** New indexes that were built on tables which were there before, by the names that they got. */
  readonly builds: readonly string[];
  /** Undefined where it succeeded. A statement that failed has let its locks go: nothing else is told of it. */
  readonly sqlstate: string | undefined;
  readonly message?: string;
  /** Bytes of write-ahead log that the server wrote meanwhile. */
  readonly walBytes: number;
  /** What the server itself said at level debug1 about tables that it reads, checks or writes anew, and its warnings. */
  readonly said: readonly string[];
};

export type RelationKind = 'table' | 'partitioned' | 'index' | 'view' | 'materialized' | 'sequence' | 'other';
export type ObservedLock = { readonly relation: string; readonly kind: RelationKind; readonly mode: string };

/** How the server stood before and after a statement; `locks` are all that it was seen to hold meanwhile. */
export type Course = {
  readonly before: ServerState;
  readonly after: ServerState;
  readonly locks: readonly HeldLock[];
  readonly said: readonly string[];
};

/** What a statement did, from the states around it. */
export function observationOf(statement: string, { before, after, locks, said }: Course): Observation {
  const successors = successorsOf(before, after);
  const replaced = before.relations.filter(({ oid, file }) => {
    const successor = successors.get(oid);
    return file !== 0 && successor !== undefined && successor.file !== file;
  });
  const replacedTables = replaced.filter(({ kind }) => kind === 'r' || kind === 'm');
  const isEmpty = ({ oid, bytes }: RelationState) => bytes > 0 && successors.get(oid)?.bytes === 0;
  const known = new Set([...successors.values()].map(({ oid }) => oid));
  const tables = new Set(before.relations.map(({ oid }) => oid));
  const isBuilt = ({ oid, kind, file, table }: RelationState) =>
    kind === 'i' && file !== 0 && !known.has(oid) && tables.has(table);
  return {
    statement,
    locks: newLocks(before, locks),
    rewrites: namesOf(replacedTables.filter((relation) => !isEmpty(relation))),
    emptied: namesOf(replacedTables.filter(isEmpty)),
    rebuiltIndexes: namesOf(replaced.filter(({ kind }) => kind === 'i')),
    scans: namesOf(before.relations.filter((relation) => isScanned(relation, before, after))),
    builds: namesOf(after.relations.filter(isBuilt)),
    sqlstate: undefined,
    walBytes: after.walAt - before.walAt,
    said,
  };
}

/** By the identity of a relation before, what it is afterwards: an index that was made anew goes by its name. */
function successorsOf(before: ServerState, after: ServerState): ReadonlyMap<number, RelationState> {
  const byId = new Map(after.relations.map((relation) => [relation.oid, relation]));
  const earlier = new Set(before.relations.map(({ oid }) => oid));
  const newByName = new Map(after.relations.filter(({ oid }) => !earlier.has(oid)).map((one) => [one.name, one]));
  const pairs = before.relations.flatMap(({ oid, name, kind }) => {
    const successor = byId.get(oid) ?? (kind === 'i' ? newByName.get(name) : undefined);
    return successor === undefined ? [] : [[oid, successor] as const];
  });
  return new Map(pairs);
}

/** Rows that are read twice count once; a few may have been deleted since the last ANALYZE. */
function isScanned(relation: RelationState, before: ServerState, after: ServerState): boolean {
  if (relation.kind !== 'r' && relation.kind !== 'm') return false;
  const readOf = (state: ServerState, oid: number) => state.relations.find((one) => one.oid === oid)?.rowsRead ?? 0;
  const own = [relation.oid, ...before.relations.filter(({ table }) => table === relation.oid).map(({ oid }) => oid)];
  const mostRead = Math.max(...own.map((oid) => readOf(after, oid) - readOf(before, oid)));
  return mostRead >= Math.max(1, relation.rows * 0.9);
}

/** From weak to strong, in the order of the manual (13.3.1, "Table-Level Locks"). */
const modes = [
  ['AccessShareLock', 'ACCESS SHARE'],
  ['RowShareLock', 'ROW SHARE'],
  ['RowExclusiveLock', 'ROW EXCLUSIVE'],
  ['ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE'],
  ['ShareLock', 'SHARE'],
  ['ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE'],
  ['ExclusiveLock', 'EXCLUSIVE'],
  ['AccessExclusiveLock', 'ACCESS EXCLUSIVE'],
] as const;

const kinds: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned',
  i: 'index',
  I: 'index',
  v: 'view',
  m: 'materialized',
  S: 'sequence',
};

function newLocks(before: ServerState, locks: readonly HeldLock[]): readonly ObservedLock[] {
  const held = new Set(before.locks.map(({ oid, mode }) => `${oid} ${mode}`));
  const strongest = new Map<number, number>();
  for (const { oid, mode } of locks) {
    const strength = modes.findIndex(([word]) => word === mode);
    if (strength === -1) throw new Error(`The server holds a lock of an unknown mode: ${mode}`);
    if (!held.has(`${oid} ${mode}`)) strongest.set(oid, Math.max(strength, strongest.get(oid) ?? 0));
  }
  return before.relations
    .flatMap(({ oid, name, kind }) => {
      const mode = modes[strongest.get(oid) ?? -1]?.[1];
      return mode === undefined ? [] : [{ relation: name, kind: kinds[kind] ?? ('other' as const), mode }];
    })
    .sort((one, other) => (one.relation < other.relation ? -1 : 1));
}

function namesOf(relations: readonly RelationState[]): readonly string[] {
  return relations.map(({ name }) => name).sort();
}
