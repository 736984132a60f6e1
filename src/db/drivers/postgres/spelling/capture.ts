import type { Capture, CaptureSpelling, Forgetting } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { dollarQuoted } from './dollar-quoted.ts';
import { nameSpelling } from './names.ts';
import { dropTrigger, functionName, triggerName } from './sync.ts';

export const captureSpelling: CaptureSpelling = {
  createCapture,
  dropCapture: dropTrigger,
  createForgetting,
  dropForgetting: ({ table, name }) => [
    `DROP TRIGGER IF EXISTS ${quoteName(emptyingName(name))} ON ${quoteQualified(table)}`,
    ...dropTrigger({ table, name }),
  ],
  endForgetting: (name) => `DROP FUNCTION IF EXISTS ${functionName(name)}() CASCADE`,
};

/**
 * The function runs with the rights of its owner, because the application's role has none on our tables. It fires after
 * the row is written, so that it sees the key as it is. A write that leaves the value as it was is passed over: on the way
 * back the value of a row that is not restored yet stands beside only, and the row holds nothing.
 */
function createCapture({ table, name, column, key, undo }: Capture): readonly string[] {
  const keys = key.map((_, place) => `key_${place + 1}`).join(', ');
  const values = [...key, column].map((part) => `new.${quoteName(part)}`).join(', ');
  const parts = (record: string) => [...key, column].map((part) => `${record}.${quoteName(part)}`).join(', ');
  const body = [
    'BEGIN',
    "  IF TG_OP = 'UPDATE' THEN",
    `    IF ${nameSpelling.isSame(parts('old'), parts('new'))} THEN RETURN NULL; END IF;`,
    '  END IF;',
    `  INSERT INTO ${quoteQualified(undo)} (${keys}, old_1) VALUES (${values})`,
    `  ON CONFLICT (${keys}) DO UPDATE SET old_1 = excluded.old_1;`,
    '  RETURN NULL;',
    'END',
  ].join('\n');
  const [relation, trigger] = [quoteQualified(table), quoteName(triggerName(name))];
  return [
    `CREATE FUNCTION ${functionName(name)}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER\n` +
      `SET search_path = pg_catalog, pg_temp\nAS ${dollarQuoted(body)}`,
    `REVOKE ALL ON FUNCTION ${functionName(name)}() FROM PUBLIC`,
    `CREATE TRIGGER ${trigger} AFTER INSERT OR UPDATE ON ${relation} FOR EACH ROW\nEXECUTE FUNCTION ${functionName(name)}()`,
    `ALTER TABLE ${relation} ENABLE ALWAYS TRIGGER ${trigger}`,
  ];
}

/**
 * One function for DELETE and TRUNCATE. It stays for as long as the undo table does, so that a later plan may meanwhile
 * rename the key or give it another type: then it does nothing, and no DELETE of the application fails. It fires once for
 * a statement, and looks rows up by the undo table's key: a plan is cached with the first statement of a session, and one
 * made for a great many rows would read the whole undo table for each single row after that.
 */
function createForgetting({ table, name, key, undo }: Forgetting): readonly string[] {
  const columns = key.map((part) => `(${quoteLiteral(part.name)}, ${quoteLiteral(part.type)})`).join(', ');
  const matching = key.map((part, place) => `u.key_${place + 1} = g.${quoteName(part.name)}`).join(' AND ');
  const body = [
    'BEGIN',
    `  IF to_regclass(${quoteLiteral(quoteQualified(undo))}) IS NULL THEN RETURN NULL; END IF;`,
    `  IF TG_OP = 'TRUNCATE' THEN DELETE FROM ${quoteQualified(undo)}; RETURN NULL; END IF;`,
    `  IF (SELECT count(*) < ${key.length} FROM pg_attribute AS a WHERE a.attrelid = TG_RELID`,
    `    AND (a.attname, format_type(a.atttypid, a.atttypmod)) IN (${columns})) THEN RETURN NULL; END IF;`,
    `  DELETE FROM ${quoteQualified(undo)} AS u USING gone AS g WHERE ${matching};`,
    '  RETURN NULL;',
    'END',
  ].join('\n');
  const [relation, call] = [quoteQualified(table), `FOR EACH STATEMENT EXECUTE FUNCTION ${functionName(name)}()`];
  const [deleting, emptying] = [quoteName(triggerName(name)), quoteName(emptyingName(name))];
  return [
    `CREATE FUNCTION ${functionName(name)}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER\n` +
      'SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off\n' +
      `AS ${dollarQuoted(body)}`,
    `REVOKE ALL ON FUNCTION ${functionName(name)}() FROM PUBLIC`,
    `CREATE TRIGGER ${deleting} AFTER DELETE ON ${relation} REFERENCING OLD TABLE AS gone ${call}`,
    `CREATE TRIGGER ${emptying} AFTER TRUNCATE ON ${relation} ${call}`,
    ...[deleting, emptying].map((trigger) => `ALTER TABLE ${relation} ENABLE ALWAYS TRIGGER ${trigger}`),
  ];
}

/** Of the trigger that fires on TRUNCATE. */
function emptyingName(name: string): string {
  return triggerName(`${name}_all`);
}
