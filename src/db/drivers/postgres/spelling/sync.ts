import type { Omitted, Sync, SyncSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteNames, quoteQualified } from '../quote.ts';
import { dollarQuoted } from './dollar-quoted.ts';
import { nameSpelling } from './names.ts';

const schema = 'godwit';
const { isSame, isDifferent } = nameSpelling;

export const syncSpelling: SyncSpelling = {
  createSync,
  dropSync: dropTrigger,
  quiet: { 'godwit.quiet': 'on' },
};

/** What a cast or an expression may raise about a value: class 22, a domain's constraint, or the user's own RAISE. */
export const valueErrors = 'data_exception OR integrity_constraint_violation OR raise_exception';

/**
 * Triggers of one kind fire in the order of their names
 * (https://www.postgresql.org/docs/18/trigger-definition.html), so ours sees what all others made of the row.
 */
export function triggerName(name: string): string {
  return `~~${name}`;
}

/** The function of a trigger of ours, quoted. */
export function functionName(name: string): string {
  return quoteQualified({ schema, name });
}

/** Ends a trigger of ours and its function, whether they are there or not. */
export function dropTrigger({ table, name }: Pick<Sync, 'table' | 'name'>): readonly string[] {
  return [
    `DROP TRIGGER IF EXISTS ${quoteName(triggerName(name))} ON ${quoteQualified(table)}`,
    `DROP FUNCTION IF EXISTS ${functionName(name)}()`,
  ];
}

/**
 * A row trigger that sees both columns. It is enabled ALWAYS, so that rows which replication applies are kept in step
 * too, and stands aside for transactions that say so.
 */
function createSync(sync: Sync): readonly string[] {
  const { table, name } = sync;
  const [trigger, relation] = [quoteName(triggerName(name)), quoteQualified(table)];
  const body = ['BEGIN', ...bodyLines(sync), '  RETURN new;', 'END'].join('\n');
  return [
    `CREATE FUNCTION ${functionName(name)}() RETURNS trigger LANGUAGE plpgsql\n` +
      `SET search_path = ${quoteNames(['pg_catalog', ...sync.searchPath, 'pg_temp'])}\nAS ${dollarQuoted(body)}`,
    `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${relation} FOR EACH ROW\n` +
      `WHEN (current_setting('godwit.quiet', true) IS DISTINCT FROM 'on')\n` +
      `EXECUTE FUNCTION ${functionName(name)}()`,
    `ALTER TABLE ${relation} ENABLE ALWAYS TRIGGER ${trigger}`,
  ];
}

function bodyLines(sync: Sync): readonly string[] {
  const lines = sync.down === undefined ? oneWay(sync) : twoWay(sync, sync.down);
  return sync.lockValues ? [...lines, ...lockLines(sync)] : lines;
}

function oneWay({ from, to, up, fits }: Sync): readonly string[] {
  const source = quoteName(from.column);
  const target = `new.${quoteName(to.column)}`;
  const lines =
    fits === undefined
      ? [`    ${target} := ${up};`]
      : [
          '    BEGIN',
          `      ${target} := CASE WHEN ${fits} THEN ${up} END;`,
          `    EXCEPTION WHEN ${valueErrors} THEN`,
          `      ${target} := NULL;`,
          '    END;',
        ];
  return [
    `  IF tg_op = 'INSERT' THEN`,
    ...lines,
    `  ELSIF ${isDifferent(`new.${source}`, `old.${source}`)} THEN`,
    ...lines,
    `  END IF;`,
  ];
}

function twoWay(sync: Sync, down: string): readonly string[] {
  const [from, to] = [quoteName(sync.from.column), quoteName(sync.to.column)];
  const up = `cast(${sync.up} AS ${sync.to.type})`;
  const back = `cast(${down} AS ${sync.from.type})`;
  const disagree = [`new.${to}`, up, `new.${from}`, back] as const;
  const clash = `${isDifferent(disagree[0], disagree[1])} AND ${isDifferent(disagree[2], disagree[3])}`;
  return [
    `  IF tg_op = 'INSERT' THEN`,
    `    IF ${isOmitted(`new.${to}`, sync.to.type, sync.to.omitted)} THEN new.${to} := ${up};`,
    // Only the column itself can say what a volatile default gave: then the shadow, which was written, is the truth.
    ...(sync.from.omitted.kind === 'volatile'
      ? [`    ELSE new.${from} := ${back};`]
      : [
          `    ELSIF ${isOmitted(`new.${from}`, sync.from.type, sync.from.omitted)} THEN new.${from} := ${back};`,
          `    ELSIF ${clash} THEN`,
          ...raise(sync),
        ]),
    `    END IF;`,
    `  ELSIF ${isDifferent(`new.${from}`, `old.${from}`)} THEN`,
    `    IF ${isSame(`new.${to}`, `old.${to}`)} THEN new.${to} := ${up};`,
    `    ELSIF ${clash} THEN`,
    ...raise(sync),
    `    END IF;`,
    `  ELSIF ${isDifferent(`new.${to}`, `old.${to}`)} THEN new.${from} := ${back};`,
    `  END IF;`,
  ];
}

function isOmitted(value: string, type: string, omitted: Omitted): string {
  return omitted.kind === 'volatile' ? `${value} IS NULL` : isSame(value, `cast(${omitted.sql} AS ${type})`);
}

function raise({ table, from, to }: Sync): readonly string[] {
  const message = `${from.column} and ${to.column} of ${table.schema}.${table.name} were written with different values`;
  return [
    `      RAISE EXCEPTION USING errcode = '23514', message = ${quoteLiteral(message)},`,
    `        hint = ${quoteLiteral(`They are one column while it changes: write one of them, or both alike.`)};`,
  ];
}

/**
 * Writers of one value wait for each other before either meets a unique index: with two unique indexes ON CONFLICT
 * arbitrates on one and fails on the other.
 */
function lockLines({ to, name }: Sync): readonly string[] {
  const value = `new.${quoteName(to.column)}`;
  return [
    `  IF tg_op = 'INSERT' OR ${isDifferent(value, `old.${quoteName(to.column)}`)} THEN`,
    `    PERFORM pg_advisory_xact_lock(hashtextextended(${value}::text, hashtext(${quoteLiteral(name)})));`,
    `  END IF;`,
  ];
}
