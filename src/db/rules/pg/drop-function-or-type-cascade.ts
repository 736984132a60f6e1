import type { Node } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../../lint/catalog/apply-type.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

const routines = ['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE', 'OBJECT_AGGREGATE'];
const types = ['OBJECT_TYPE', 'OBJECT_DOMAIN'];

export const dropFunctionOrTypeCascade: Rule = {
  id: 'pg/drop-function-or-type-cascade',
  severity: 'error',
  summary: 'A function or a type is dropped with all that depends on it',
  why: 'CASCADE drops what uses it without a question: of a type the columns with their data, of a function the triggers, defaults, views and indexes that call it. ACCESS EXCLUSIVE is taken on each of those tables.',
  instead:
    'Drop or change by name what depends on it, then drop it without CASCADE: the server refuses where something was forgotten.',
  aliases: { 'pg-schema-diff': ['HAS_UNTRACKABLE_DEPENDENCIES'], MigrationPilot: ['MP022'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'DROP TYPE order_status CASCADE;' },
    { sql: 'DROP DOMAIN IF EXISTS email_address CASCADE;' },
    { sql: 'DROP FUNCTION touch() CASCADE;' },
    { sql: 'DROP FUNCTION pick CASCADE;', given: 'ALTER TABLE notes ADD COLUMN number integer DEFAULT pick();' },
  ],
  good: [
    { sql: 'DROP FUNCTION pick();' },
    { sql: 'DROP TYPE IF EXISTS never_was CASCADE;' },
    { sql: "CREATE TYPE mood AS ENUM ('good');\nDROP TYPE mood CASCADE;" },
  ],
  on: ['DropStmt'],
  check({ node, effects }, { catalog }) {
    if (!('DropStmt' in node) || node.DropStmt.behavior !== 'DROP_CASCADE') return [];
    const { removeType = '', missing_ok, objects = [] } = node.DropStmt;
    const isType = types.includes(removeType);
    if (!isType && !routines.includes(removeType)) return [];
    const dropped = objects.filter((object) => {
      const type = isType ? typeNamed(catalog, namesOf(object)) : undefined;
      if (type !== undefined) return type.born.migration !== catalog.moment.migration;
      return !(isType && missing_ok === true && catalog.isWhole);
    });
    if (dropped.length === 0) return [];
    const names = namesInWords(dropped.map((object) => stringsOf(namesOf(object)).join('.')));
    const tables = namesInWords(effects.locks.map(({ relation }) => relation));
    const what = isType ? 'every column of the type' : 'every trigger, default and view that calls it';
    const where = tables === '' ? '' : ` That is at least of ${tables}.`;
    // Where nothing is known to call it, it depends on what else is in the database.
    const isUnknown = !isType && tables === '';
    return [{ message: `With ${names} goes ${what}.${where}`, ...(isUnknown ? { severity: 'warning' } : {}) }];
  },
};

function namesOf(object: Node): readonly Node[] {
  if ('TypeName' in object) return object.TypeName.names ?? [];
  return 'ObjectWithArgs' in object ? (object.ObjectWithArgs.objname ?? []) : [];
}
