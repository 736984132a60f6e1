import type { Ledger, RowState } from './ledger.ts';
import type { AppVersion, Field, Fields, OperationKind, Random, Value, WorkloadShape } from './shape.ts';
import {
  deleteStatement,
  insertStatement,
  type Statement,
  selectStatement,
  updateStatement,
  upsertStatement,
} from './statements.ts';

/** What one turn of the application does: statements, and what the ledger shall say when all are acknowledged. */
export type Turn = {
  readonly operation: OperationKind;
  readonly version: AppVersion;
  readonly statements: readonly Statement[];
  readonly isTransaction: boolean;
  readonly writes: readonly { readonly key: number; readonly states: readonly RowState[] }[];
  /** A read: the key whose row must be in one of the ledger's states; for RETURNING, in one of these. */
  readonly reads?: { readonly key: number; readonly states: readonly RowState[] };
};

/** What a turn is made from. */
export type TurnSource = {
  readonly shape: WorkloadShape;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Never repeats within a run. */
  turn(): number;
  /** A key of this lane that is there, or (for `absent`) was never there or was deleted. */
  present(): number;
  absent(): number;
};

/** Makes the next turn of that kind; where a row of the wanted kind is missing it reads instead. */
export function makeTurn(operation: OperationKind, version: AppVersion, source: TurnSource): Turn {
  switch (operation) {
    case 'read':
    case 'read-prepared':
      return readTurn(operation, version, source);
    case 'update':
    case 'update-returning':
    case 'update-null':
      return updateTurn(operation, version, source);
    case 'insert':
    case 'insert-omitting':
    case 'reinsert':
      return insertTurn(operation, version, source);
    case 'upsert':
      return upsertTurn(version, source);
    case 'transaction':
      return transactionTurn(version, source);
    case 'delete':
      return deleteTurn(version, source);
  }
}

function readTurn(operation: 'read' | 'read-prepared', version: AppVersion, source: TurnSource): Turn {
  const key = source.present();
  const star = operation === 'read-prepared';
  const statement = selectStatement(version, source.shape.key, { id: key, star });
  const statements = [star ? { ...statement, name: `select ${version.name}` } : statement];
  return {
    operation,
    version,
    statements,
    isTransaction: false,
    writes: [],
    reads: { key, states: source.ledger.states(key) },
  };
}

function updateTurn(
  operation: 'update' | 'update-returning' | 'update-null',
  version: AppVersion,
  source: TurnSource,
): Turn {
  const key = source.present();
  const field = pick(
    knownFields(version, source.shape, operation === 'update-null' ? (one) => mayBeNull(one, version) : undefined),
    source.random,
  );
  if (field === undefined) return readTurn('read', version, source);
  const change = { [field.name]: operation === 'update-null' ? null : field.make(source.random, source.turn()) };
  const states = changed(source.ledger.states(key), change);
  const plain = updateStatement(version, source.shape.key, { id: key, fields: change });
  const returning = operation === 'update-returning';
  const statement = returning
    ? { ...plain, text: `${plain.text} RETURNING *`, name: `update ${version.name} ${field.name}` }
    : plain;
  const reads = returning ? { reads: { key, states } } : {};
  return { operation, version, statements: [statement], isTransaction: false, writes: [{ key, states }], ...reads };
}

function insertTurn(
  operation: 'insert' | 'insert-omitting' | 'reinsert',
  version: AppVersion,
  source: TurnSource,
): Turn {
  const key = source.absent();
  const full = newFields(version, source);
  const given = operation === 'insert-omitting' ? omit(full, version, source.random) : full;
  const statement = insertStatement(version, source.shape.key, { id: key, fields: given });
  return {
    operation,
    version,
    statements: [statement],
    isTransaction: false,
    writes: [{ key, states: [stored(version, given)] }],
  };
}

function upsertTurn(version: AppVersion, source: TurnSource): Turn {
  const isThere = source.random() < 0.7;
  const key = isThere ? source.present() : source.absent();
  const fresh = newFields(version, source);
  const arbiter = version.upsertsOn;
  const before = source.ledger.states(key);
  const first = before[0];
  const kept =
    arbiter === undefined || first === undefined || first === 'absent' ? {} : { [arbiter]: first[arbiter] ?? null };
  if (arbiter !== undefined && isThere && (before.length > 1 || kept[arbiter] === null))
    return readTurn('read', version, source);
  const fields = { ...fresh, ...kept };
  const statement = upsertStatement(version, source.shape.key, { id: key, fields });
  const states = isThere ? changed(before, fields) : [stored(version, fields)];
  return { operation: 'upsert', version, statements: [statement], isTransaction: false, writes: [{ key, states }] };
}

/** Two or three rows of one owner in falling or rising order of the key: a batch that holds one and wants the next meets it. */
function transactionTurn(version: AppVersion, source: TurnSource): Turn {
  const keys = [...new Set([source.present(), source.present(), source.present()])].sort((one, other) => one - other);
  if (source.random() < 0.5) keys.reverse();
  const writes = keys.flatMap((key) => {
    const field = pick(knownFields(version, source.shape), source.random);
    if (field === undefined) return [];
    const change = { [field.name]: field.make(source.random, source.turn()) };
    const statement = updateStatement(version, source.shape.key, { id: key, fields: change });
    return [{ key, statement, states: changed(source.ledger.states(key), change) }];
  });
  const statements = writes.map(({ statement }) => statement);
  return { operation: 'transaction', version, statements, isTransaction: true, writes };
}

function deleteTurn(version: AppVersion, source: TurnSource): Turn {
  const key = source.present();
  const statement = deleteStatement(version, source.shape.key, key);
  return {
    operation: 'delete',
    version,
    statements: [statement],
    isTransaction: false,
    writes: [{ key, states: ['absent'] }],
  };
}

function newFields(version: AppVersion, source: TurnSource): Fields {
  const made: Record<string, Value> = {};
  for (const field of knownFields(version, source.shape)) {
    const isNull = mayBeNull(field, version) && source.random() < 0.1;
    made[field.name] = isNull ? null : field.make(source.random, source.turn());
  }
  return made;
}

function mayBeNull({ name, isNullable }: Field, version: AppVersion): boolean {
  return version.fields[name]?.isNullable ?? isNullable === true;
}

function omit(fields: Fields, version: AppVersion, random: Random): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => version.fields[name]?.omitted === undefined || random() < 0.3),
  );
}

/** What the row holds after an INSERT of these fields: what was left out has its default. */
function stored(version: AppVersion, given: Fields): Fields {
  const omitted = Object.fromEntries(
    Object.entries(version.fields).map(([name, spelt]) => [name, spelt.omitted ?? null]),
  );
  return { ...version.unknown, ...omitted, ...given };
}

function changed(states: readonly RowState[], change: Fields): readonly RowState[] {
  return states.map((state) => (state === 'absent' ? 'absent' : { ...state, ...change }));
}

function knownFields(version: AppVersion, shape: WorkloadShape, only?: (field: Field) => boolean): readonly Field[] {
  return shape.fields.filter(
    (field) => version.fields[field.name] !== undefined && (only === undefined || only(field)),
  );
}

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)];
}
