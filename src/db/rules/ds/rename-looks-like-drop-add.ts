import { columnType, typeWords } from '../../lint/column-type.ts';
import type { LintContext } from '../../lint/context.ts';
import { addedColumn } from '../../lint/effects/add-column.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const renameLooksLikeDropAdd: Rule = {
  id: 'ds/rename-looks-like-drop-add',
  severity: 'warning',
  summary: 'A column is dropped and one of the same type is added, which may be meant as a new name',
  why: 'Tools that compare two schemas cannot see that a column was renamed: they drop it with its values and add an empty one.',
  instead:
    'Where it is the same column, ALTER TABLE … RENAME COLUMN, which keeps the values; where it is not, fill the new one before the old one goes. `godwit plan --rename` takes the hint.',
  aliases: { 'pg-schema-diff': ['DELETES_DATA'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users DROP COLUMN age, ADD COLUMN years integer;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname varchar(20);\nALTER TABLE users DROP COLUMN code;' },
    { sql: 'ALTER TABLE orders DROP COLUMN note;\nALTER TABLE orders ADD COLUMN remark text;' },
    {
      sql: 'ALTER TABLE users DROP COLUMN contact, DROP COLUMN age, ADD COLUMN age_years integer, ADD COLUMN children integer;',
    },
  ],
  good: [
    { sql: 'ALTER TABLE users RENAME COLUMN age TO years;' },
    { sql: 'ALTER TABLE users DROP COLUMN age, ADD COLUMN born date;' },
    {
      sql: 'ALTER TABLE users DROP COLUMN age, ADD COLUMN children integer, ADD COLUMN height integer;',
    },
    { sql: 'ALTER TABLE users DROP COLUMN age, ADD COLUMN age integer;' },
    {
      given: 'ALTER TABLE items ADD COLUMN tax_provider text;',
      sql: 'ALTER TABLE items DROP COLUMN tax_provider, ADD COLUMN supplier_tax_code text, ADD COLUMN supplier_name text;',
    },
    { sql: 'ALTER TABLE users DROP COLUMN age;\nALTER TABLE items ADD COLUMN years integer;' },
    {
      sql: 'ALTER TABLE users ADD COLUMN years integer;\nUPDATE users SET years = age WHERE id < 100;\nALTER TABLE users DROP COLUMN age;',
    },
  ],
  on: ['AT_DropColumn', 'AT_AddColumn'],
  onFileWith: ['AT_DropColumn'],
  check(unit, context) {
    const change = changeOf(unit, context);
    if (change !== undefined) changes.set(unit, change);
    return [];
  },
  checkFile(units) {
    const all = units.flatMap((unit, place) => {
      const change = changes.get(unit);
      return change === undefined ? [] : [{ ...change, unit, place }];
    });
    const taken = new Set<Made>();
    return all.flatMap((dropped) => {
      const added = dropped.isAdded ? undefined : successorOf(dropped, all, taken);
      if (added === undefined) return [];
      taken.add(added);
      const later = added.place > dropped.place ? added : dropped;
      if (units.slice(0, later.place).some(({ node }) => isUpdateOf(node, dropped.bare))) return [];
      const message = `${dropped.said} loses ${dropped.column} and gets ${added.column}, both ${dropped.type}: if that is one column with a new name, its values are lost.`;
      return [{ unit: later.unit, message }];
    });
  },
};

type Change = {
  readonly table: string;
  readonly bare: string;
  readonly said: string;
  readonly column: string;
  readonly isAdded: boolean;
  readonly type: string;
};
type Made = Change & { readonly unit: Unit; readonly place: number };

/** By unit: the catalog knows the type of a dropped column only until the unit is done. */
const changes = new WeakMap<Unit, Change>();

function changeOf(unit: Unit, context: LintContext): Change | undefined {
  const table = alteredTable(unit, context);
  if (table === undefined) return undefined;
  const { name, said, command, relation } = table;
  const bare = name.slice(name.indexOf('.') + 1);
  const added = addedColumn(command)?.definition;
  if (added !== undefined) {
    const type = typeWords(columnType(added.typeName));
    return { table: name, bare, said, column: added.colname ?? '', isAdded: true, type };
  }
  const column = command.name ?? '';
  const type = command.subtype === 'AT_DropColumn' ? relation?.columns.get(column)?.type : undefined;
  return type === undefined ? undefined : { table: name, bare, said, column, isAdded: false, type: typeWords(type) };
}

/**
 * The added column that a dropped one may have become: the only one of its type where it is the only one that goes, else
 * the one that has most of its words. A name that goes and comes again is no other name.
 */
function successorOf(dropped: Made, all: readonly Made[], taken: ReadonlySet<Made>): Made | undefined {
  const own = all.filter(({ table, type }) => table === dropped.table && type === dropped.type);
  const isMade = (name: string) => all.some((one) => one.table === dropped.table && one.isAdded && one.column === name);
  const isGone = (name: string) =>
    all.some((one) => one.table === dropped.table && !one.isAdded && one.column === name);
  if (isMade(dropped.column)) return undefined;
  const gone = own.filter((one) => !one.isAdded && !isMade(one.column));
  const made = own.filter((one) => one.isAdded && !isGone(one.column));
  if (gone.length === 1 && made.length === 1) return made[0];
  const words = wordsOf(dropped.column);
  const common = ({ column }: Made) => wordsOf(column).filter((word) => words.includes(word)).length;
  const [best] = made.filter((one) => !taken.has(one)).toSorted((one, other) => common(other) - common(one));
  if (best === undefined) return undefined;
  const shorter = Math.min(words.length, wordsOf(best.column).length);
  return common(best) * 2 > shorter ? best : undefined;
}

/** `documentMetaId` and `document_meta_id` have the words document and meta; what names of any kind end in says nothing. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.filter((word) => !plainWords.has(word));
}

const plainWords = new Set(['', 'id', 'at', 'on', 'by', 'is', 'has', 'of', 'to', 'key', 'name', 'type']);

function isUpdateOf(node: Unit['node'], table: string): boolean {
  return 'UpdateStmt' in node && node.UpdateStmt.relation?.relname === table;
}
