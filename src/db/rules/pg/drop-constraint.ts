import type { AlterTableStmt } from 'libpg-query';
import type { LintConstraint, Relation } from '../../lint/catalog/catalog.ts';
import { relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { conjuncts, saysNotNull } from '../../lint/effects/relations.ts';
import type { Hit, Rule } from '../../rule.ts';

export const dropConstraint: Rule = {
  id: 'pg/drop-constraint',
  severity: 'warning',
  summary: 'A constraint is dropped behind the strongest lock; for a foreign key, on both tables',
  why: 'DROP CONSTRAINT holds ACCESS EXCLUSIVE on the table, and for a foreign key also on the table it refers to, whose triggers go. It takes an instant, but it waits behind every open query of both, and everybody else waits behind it. What the constraint kept out comes in from then on.',
  instead:
    'Drop it once no code relies on it, alone in its transaction, with a short lock_timeout and another try when it runs out. A constraint that is to come back is added as NOT VALID first and dropped after the new one is valid.',
  aliases: {
    atlas: ['CD101', 'CD102', 'CD103'],
    pgsafe: ['drop-constraint'],
    MigrationPilot: ['MP097'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE orders DROP CONSTRAINT orders_user_fkey;' },
    { sql: 'ALTER TABLE users DROP CONSTRAINT users_age_check;' },
    { sql: 'ALTER TABLE items DROP CONSTRAINT items_pkey;' },
    { sql: 'ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;' },
    {
      sql: 'ALTER TABLE events DROP CONSTRAINT events_user_fkey;',
      given: 'ALTER TABLE events ADD CONSTRAINT events_user_fkey FOREIGN KEY (id) REFERENCES users (id);',
    },
    {
      sql: 'ALTER TABLE notes DROP CONSTRAINT notes_event_fkey;',
      given:
        'ALTER TABLE events ADD PRIMARY KEY (id, happened_on);\nALTER TABLE notes ADD COLUMN day date;\nALTER TABLE notes ADD CONSTRAINT notes_event_fkey FOREIGN KEY (id, day) REFERENCES events (id, happened_on);',
    },
  ],
  good: [
    { sql: 'ALTER TABLE users DROP CONSTRAINT IF EXISTS users_no_such;' },
    {
      sql: 'CREATE TABLE drafts (id bigint CONSTRAINT drafts_id CHECK (id > 0));\nALTER TABLE drafts DROP CONSTRAINT drafts_id;',
    },
    {
      sql: 'ALTER TABLE users ALTER COLUMN code SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT users_code_set;',
      given: 'UPDATE users SET code = id;\nALTER TABLE users ADD CONSTRAINT users_code_set CHECK (code IS NOT NULL);',
    },
  ],
  on: ['AT_DropConstraint'],
  check({ node, command, effects }, context) {
    if (!('AlterTableStmt' in node) || command === undefined) return [];
    const { relation: table } = node.AlterTableStmt;
    const relation = relationOf(context.catalog, table);
    const constraint = relation?.constraints.get(command.name ?? '');
    const isThere = constraint !== undefined || relation?.isKnown !== true || !context.catalog.isWhole;
    const isNothing = command.missing_ok === true && !isThere;
    if (isNew(context, table) || isNothing || effects.fails !== undefined) return [];
    if (relation !== undefined && constraint !== undefined && isOnlyNotNull(constraint, relation)) return [];
    const others = new Set(effects.locks.flatMap(({ kind, relation: name }) => (kind === 'table' ? [bare(name)] : [])));
    others.delete(table?.relname ?? '');
    const isReplaced = constraint !== undefined && isKeptOut(constraint, relation, node.AlterTableStmt);
    const name = command.name ?? '';
    return [hitOf({ name, table: table?.relname ?? '', constraint, others: [...others], isReplaced })];
  },
};

function hitOf(dropped: {
  readonly name: string;
  readonly table: string;
  readonly constraint: LintConstraint | undefined;
  readonly others: readonly string[];
  /** Does something else keep out the same rows? */
  readonly isReplaced: boolean;
}): Hit {
  const { name, table, constraint, others, isReplaced } = dropped;
  if (constraint?.references !== undefined) {
    const both = [table, ...others].join(' and ');
    const them = others.length === 0 ? 'it' : 'either';
    return { message: `Foreign key ${name} is dropped: it locks ${both} so that nobody can even read ${them}.` };
  }
  if (constraint === undefined) {
    return {
      message: `Constraint ${name} of ${table} is dropped: nobody can even read the table meanwhile, nor, if it is a foreign key, the one it refers to.`,
    };
  }
  const more = others.length === 0 ? '' : ` and ${others.join(', ')}`;
  const rows = isReplaced ? '' : ', and rows that it kept out come in';
  const message = `${words[constraint.kind]} ${name} is dropped: it locks ${table}${more} so that nobody can even read it${rows}.`;
  return { message, ...(constraint.kind === 'check' ? { severity: 'advice' } : {}) };
}

const words: Readonly<Record<LintConstraint['kind'], string>> = {
  'primary-key': 'Primary key',
  unique: 'UNIQUE constraint',
  check: 'CHECK',
  'foreign-key': 'Foreign key',
  exclusion: 'EXCLUDE constraint',
  'not-null': 'NOT NULL constraint',
};

function bare(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/**
 * Is another key there that allows no more than it did, or does the same statement add a constraint of its name? Whether
 * that one keeps out as much is a matter of reading both.
 */
function isKeptOut(dropped: LintConstraint, relation: Relation | undefined, { cmds }: AlterTableStmt): boolean {
  const isAddedAgain = (cmds ?? []).some((one) => {
    const def = 'AlterTableCmd' in one ? one.AlterTableCmd.def : undefined;
    return def !== undefined && 'Constraint' in def && def.Constraint.conname === dropped.name;
  });
  const isKey = dropped.kind === 'primary-key' || dropped.kind === 'unique';
  const others = [...(relation?.indexes.values() ?? [])].filter(
    ({ isUnique, isValid, predicate, name }) =>
      isUnique && isValid && predicate === undefined && name !== (dropped.index ?? dropped.name),
  );
  return (
    isAddedAgain ||
    (isKey && others.some(({ columns }) => columns.every((one) => one !== undefined && dropped.columns.includes(one))))
  );
}

/** A CHECK that says no more than the NOT NULL of the column: the last step of SET NOT NULL without a scan. */
function isOnlyNotNull({ kind, expression }: LintConstraint, relation: Relation): boolean {
  return (
    kind === 'check' &&
    conjuncts(expression).every((part) =>
      [...relation.columns.values()].some(({ name, isNotNull }) => isNotNull && saysNotNull(part, name)),
    )
  );
}
