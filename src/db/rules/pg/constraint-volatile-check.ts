import type { Node } from 'libpg-query';
import { momentFunctions } from '../../drivers/postgres/sql/known-functions.ts';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { LintContext } from '../../lint/context.ts';
import { declaredConstraints, declaring } from '../../lint/questions/declared-constraints.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const constraintVolatileCheck: Rule = {
  id: 'pg/constraint-volatile-check',
  severity: 'warning',
  summary: 'A CHECK depends on the moment, on chance, or on a function that may answer differently later',
  why: 'A CHECK is looked at when a row is written and never again. One whose answer changes lets rows stand that break it, and makes VALIDATE, a restored dump or an UPDATE of another column fail later.',
  instead:
    'Compare columns with each other or with constants, and call only functions that are IMMUTABLE in truth; what depends on the moment or on other rows belongs into a trigger.',
  aliases: { MigrationPilot: ['MP087'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_created CHECK (created_at <= now()) NOT VALID;' },
    { sql: 'CREATE TABLE bookings (id bigint PRIMARY KEY, day date CHECK (day > CURRENT_DATE));' },
    { sql: 'ALTER TABLE items ADD CONSTRAINT items_pick CHECK (quantity > pick()) NOT VALID;' },
    { sql: 'ALTER TABLE items ADD COLUMN lot numeric CHECK (lot < random() * 100);' },
    { sql: "CREATE DOMAIN past AS timestamptz CHECK (VALUE < now() AND VALUE > '1900-01-01');" },
  ],
  good: [
    { sql: "CREATE TABLE bookings (id bigint PRIMARY KEY, day date CHECK (day > DATE '2020-01-01'));" },
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_order CHECK (updated_at >= created_at) NOT VALID;' },
    { sql: "ALTER TABLE users ADD CONSTRAINT users_email_at CHECK (lower(email) LIKE '%@%') NOT VALID;" },
    {
      sql: 'CREATE TABLE bookings (id bigint PRIMARY KEY, made_at timestamptz DEFAULT now() CHECK (made_at IS NOT NULL));',
    },
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT items_even CHECK (is_even(quantity)) NOT VALID;',
      given: 'CREATE FUNCTION is_even(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 % 2 = 0 $$;',
    },
  ],
  on: [...declaring, 'CreateDomainStmt', 'AlterDomainStmt'],
  check(unit, context) {
    return checksOf(unit, context).flatMap(({ expression, name, at }) => {
      const changing = changingPart(expression, context.catalog.functions);
      if (changing === undefined) return [];
      const what = name === undefined ? 'A CHECK' : `CHECK ${name}`;
      return [{ message: `${what} uses ${changing}: a row that it lets in today may break it tomorrow.`, at }];
    });
  },
};

type Check = { readonly expression: Node; readonly name: string | undefined; readonly at: number | undefined };

function checksOf(unit: Unit, context: LintContext): readonly Check[] {
  const { node } = unit;
  const found = 'CreateDomainStmt' in node ? (node.CreateDomainStmt.constraints ?? []) : [];
  const added = 'AlterDomainStmt' in node ? node.AlterDomainStmt.def : undefined;
  const ofDomain = [...found, ...(added === undefined ? [] : [added])].flatMap((one) =>
    'Constraint' in one ? [{ constraint: one.Constraint, at: undefined }] : [],
  );
  return [...declaredConstraints(unit, context), ...ofDomain].flatMap(({ constraint, at }) =>
    constraint.contype === 'CONSTR_CHECK' && constraint.raw_expr !== undefined
      ? [{ expression: constraint.raw_expr, name: constraint.conname, at: at === undefined ? at : constraint.location }]
      : [],
  );
}

/** Functions of PostgreSQL that give something else with every call. */
const chance: ReadonlySet<string> = new Set([
  'random',
  'clock_timestamp',
  'timeofday',
  'gen_random_uuid',
  'uuid_generate_v4',
  'nextval',
  'currval',
]);

/** A part of an expression that is known to change, as people write it; what is not known is not judged. */
function changingPart(expression: Node, functions: LintContext['catalog']['functions']): string | undefined {
  for (const node of nodesIn(expression)) {
    if ('SQLValueFunction' in node) return `${node.SQLValueFunction.op?.replace(/^SVFOP_|_N$/g, '') ?? 'the moment'}`;
    if (!('FuncCall' in node)) continue;
    const names = stringsOf(node.FuncCall.funcname);
    const name = names.at(-1) ?? '';
    const said = functions.get(names.join('.'));
    if (said !== undefined) {
      if (said === 'immutable') continue;
      return `${names.join('.')}(), which is ${said.toUpperCase()}`;
    }
    const isServers = names.length === 1 || names[0] === 'pg_catalog';
    if (isServers && (chance.has(name) || momentFunctions.has(name))) return `${name}()`;
  }
  return undefined;
}
