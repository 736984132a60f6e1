import { declaredConstraints, declaring } from '../../lint/questions/declared-constraints.ts';
import { placeOf } from '../../lint/text/place.ts';
import type { Rule } from '../../rule.ts';

export const fkNoOnDelete: Rule = {
  id: 'pg/fk-no-on-delete',
  severity: 'advice',
  isOptIn: true,
  summary: 'A foreign key does not say what happens when the row that it refers to is deleted',
  why: 'Without ON DELETE the server refuses the DELETE, at the end of the statement. Whether that was meant cannot be seen from the definition.',
  instead: 'Write it: ON DELETE RESTRICT, NO ACTION, CASCADE or SET NULL.',
  aliases: { MigrationPilot: ['MP086', 'MP074'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), title text);' },
    {
      sql: 'CREATE TABLE drafts (\n  id bigint REFERENCES orders ON DELETE CASCADE,\n  user_id bigint REFERENCES users (id) ON UPDATE CASCADE\n);',
    },
  ],
  good: [
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE NO ACTION NOT VALID;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id) ON DELETE CASCADE);' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint);' },
  ],
  on: declaring,
  check(unit, context) {
    return declaredConstraints(unit, context).flatMap(({ constraint, table, columns, at }) => {
      if (constraint.contype !== 'CONSTR_FOREIGN' || (constraint.fk_del_action ?? 'a') !== 'a') return [];
      const { start, end } = placeOf(unit, at, context.file.text);
      // The tree does not tell NO ACTION as written from NO ACTION by default.
      if (/\bon\s+delete\b/i.test(context.file.text.slice(start, end))) return [];
      const message = `${table?.relname} (${columns.join(', ')}) does not say what a DELETE in ${constraint.pktable?.relname} does to it.`;
      return [{ message, at }];
    });
  },
};
