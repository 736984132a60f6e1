import type { RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { fullName } from '../../lint/catalog/catalog.ts';
import { isNew, type LintContext } from '../../lint/context.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Hit, Rule } from '../../rule.ts';

export const rlsChange: Rule = {
  id: 'sec/rls-change',
  severity: 'advice',
  summary: 'Who may see or write which rows of a table changes',
  why: 'Row level security without a policy shows nobody but the owner a row, and a policy that is dropped or made wider shows rows to others, without an error anywhere. The table is locked with ACCESS EXCLUSIVE for an instant.',
  instead:
    'Make the policies before ENABLE ROW LEVEL SECURITY, in the same transaction, have the change reviewed, and try it as the roles that use the table.',
  aliases: { 'pg-schema-diff': ['AUTHZ_UPDATE'], MigrationPilot: ['MP057', 'MP079'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;' },
    { sql: 'ALTER TABLE users DISABLE ROW LEVEL SECURITY;' },
    { sql: 'CREATE POLICY users_own ON users USING (name = CURRENT_USER);' },
    {
      sql: 'DROP POLICY users_own ON users;',
      given: 'CREATE POLICY users_own ON users USING (name = CURRENT_USER);',
    },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nCREATE POLICY drafts_all ON drafts USING (true);\nALTER TABLE drafts ENABLE ROW LEVEL SECURITY;',
    },
  ],
  good: [
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, owner text);\nCREATE POLICY drafts_own ON drafts USING (owner = CURRENT_USER);\nALTER TABLE drafts ENABLE ROW LEVEL SECURITY;',
    },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nALTER TABLE drafts ENABLE ROW LEVEL SECURITY;' },
    { sql: 'ALTER TABLE users SET (fillfactor = 90);' },
  ],
  on: [
    'AT_EnableRowSecurity',
    'AT_DisableRowSecurity',
    'AT_ForceRowSecurity',
    'AT_NoForceRowSecurity',
    'CreatePolicyStmt',
    'AlterPolicyStmt',
    'DropStmt',
  ],
  check(unit, context) {
    const { node, command } = unit;
    if ('CreatePolicyStmt' in node) {
      const { table, policy_name, qual, with_check, permissive } = node.CreatePolicyStmt;
      const isOpen = permissive === true && (isTrue(qual) || isTrue(with_check));
      const message = `Policy ${policy_name} lets ${isOpen ? 'every row' : 'more rows'} of ${table?.relname} through for the roles it is for.`;
      return isOpen || !isNew(context, table) ? [{ message }] : [];
    }
    if ('AlterPolicyStmt' in node) {
      const { table, policy_name } = node.AlterPolicyStmt;
      return isNew(context, table)
        ? []
        : [{ message: `Policy ${policy_name} of ${table?.relname} changes who sees what.` }];
    }
    if ('DropStmt' in node) return node.DropStmt.removeType === 'OBJECT_POLICY' ? dropped(unit, context) : [];
    if (!('AlterTableStmt' in node) || isNew(context, node.AlterTableStmt.relation)) return [];
    return switched(command?.subtype ?? '', node.AlterTableStmt.relation, { unit, context });
  },
};

function isTrue(node: unknown): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    JSON.stringify(node).startsWith('{"A_Const":{"boolval":{"boolval":true}')
  );
}

function dropped({ node }: Unit, context: LintContext): readonly Hit[] {
  const objects = 'DropStmt' in node ? (node.DropStmt.objects ?? []) : [];
  return objects.flatMap((object) => {
    const names = 'List' in object ? stringsOf(object.List.items) : [];
    const table = rangeOf({ List: { items: names.slice(0, -1).map((sval) => ({ String: { sval } })) } });
    if (isNew(context, table)) return [];
    return [{ message: `Policy ${names.at(-1)} of ${table.relname} is dropped: who sees which rows changes.` }];
  });
}

function switched(
  subtype: string,
  table: RangeVar | undefined,
  { unit, context }: { readonly unit: Unit; readonly context: LintContext },
): readonly Hit[] {
  const name = table?.relname;
  if (subtype === 'AT_DisableRowSecurity') {
    const message = `Policies of ${name} hold no longer: every role with a grant sees every row.`;
    return [{ message, severity: 'warning' }];
  }
  if (subtype === 'AT_NoForceRowSecurity') return [{ message: `Policies of ${name} no longer hold for its owner.` }];
  if (subtype === 'AT_ForceRowSecurity')
    return [{ message: `Policies of ${name} hold for its owner too from now on.` }];
  const own = fullName(context.catalog, table);
  const hasPolicy = context.file.units.some(
    ({ node, statement }) =>
      'CreatePolicyStmt' in node &&
      statement.start < unit.statement.start &&
      fullName(context.catalog, node.CreatePolicyStmt.table) === own,
  );
  const message = hasPolicy
    ? `Policies of ${name} hold from now on: roles see only rows that one lets through.`
    : `From now on roles see only rows of ${name} that a policy lets through, and none where there is no policy yet.`;
  return [{ message }];
}
