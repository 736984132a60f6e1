import type { Capture, CaptureSpelling } from '../../../spelling.ts';
import { quoteName, quoteQualified } from '../quote.ts';
import { dollarQuoted } from './dollar-quoted.ts';
import { nameSpelling } from './names.ts';
import { dropTrigger, functionName, triggerName } from './sync.ts';

export const captureSpelling: CaptureSpelling = { createCapture, dropCapture: dropTrigger };

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
