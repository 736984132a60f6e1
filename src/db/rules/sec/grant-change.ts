import type { GrantStmt, Node, RoleSpec } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { isNew, type LintContext } from '../../lint/context.ts';
import type { Hit, Rule } from '../../rule.ts';

export const grantChange: Rule = {
  id: 'sec/grant-change',
  severity: 'advice',
  summary: 'What a role may do changes',
  why: 'A grant to PUBLIC or of ALL reaches further than one thinks, a role that is made a superuser passes by every check, and a revoke or a new owner makes running code fail with 42501.',
  instead: 'Grant the few privileges that are needed to a role that is named, and have the change reviewed.',
  aliases: { 'pg-schema-diff': ['AUTHZ_UPDATE'], MigrationPilot: ['MP085', 'MP091', 'MP073'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'GRANT SELECT ON users TO PUBLIC;' },
    { sql: 'GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;' },
    { sql: 'REVOKE SELECT ON users FROM PUBLIC;' },
    { sql: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;' },
    { sql: 'CREATE ROLE godwit_example SUPERUSER;\nDROP ROLE godwit_example;' },
    { sql: 'ALTER TABLE users OWNER TO CURRENT_USER;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nGRANT SELECT ON drafts TO PUBLIC;' },
    { sql: 'GRANT pg_monitor TO CURRENT_USER;' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nGRANT SELECT ON drafts TO CURRENT_USER;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nALTER TABLE drafts OWNER TO CURRENT_USER;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nREVOKE ALL ON drafts FROM PUBLIC;' },
    {
      sql: 'CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;\nGRANT EXECUTE ON FUNCTION one() TO CURRENT_USER;',
    },
    { sql: 'CREATE ROLE godwit_example NOLOGIN;\nDROP ROLE godwit_example;' },
  ],
  on: [
    'GrantStmt',
    'GrantRoleStmt',
    'AlterDefaultPrivilegesStmt',
    'CreateRoleStmt',
    'AlterRoleStmt',
    'AT_ChangeOwner',
    'AlterOwnerStmt',
  ],
  check({ node, command }, context) {
    if ('GrantStmt' in node) return grants(node.GrantStmt, context);
    if ('GrantRoleStmt' in node) {
      const { granted_roles, grantee_roles, is_grant } = node.GrantRoleStmt;
      const roles = (granted_roles ?? []).flatMap((one) => ('AccessPriv' in one ? [one.AccessPriv.priv_name] : []));
      const message = `${names(grantee_roles)} ${is_grant === true ? 'may do all' : 'may no longer do'} that ${roles.join(', ')} may.`;
      return [{ message }];
    }
    if ('AlterDefaultPrivilegesStmt' in node) {
      const { grantees, is_grant } = node.AlterDefaultPrivilegesStmt.action ?? {};
      const verb = is_grant === true ? 'gets' : 'loses';
      return [{ message: `${names(grantees)} ${verb} privileges on everything that is made from now on.` }];
    }
    if ('CreateRoleStmt' in node) return mighty(node.CreateRoleStmt.role ?? 'A role', node.CreateRoleStmt.options);
    if ('AlterRoleStmt' in node) return mighty(nameOf(node.AlterRoleStmt.role), node.AlterRoleStmt.options);
    if ('AlterOwnerStmt' in node) {
      return [{ message: `${nameOf(node.AlterOwnerStmt.newowner)} becomes the owner and may change and drop it.` }];
    }
    if (!('AlterTableStmt' in node) || isNew(context, node.AlterTableStmt.relation)) return [];
    const table = node.AlterTableStmt.relation?.relname;
    return [{ message: `${nameOf(command?.newowner)} becomes the owner of ${table} and may change and drop it.` }];
  },
};

/** What is granted on a table of this very migration is part of making it, unless everybody gets it. */
function grants(stmt: GrantStmt, context: LintContext): readonly Hit[] {
  const { is_grant, objects, grantees, privileges, targtype } = stmt;
  const isToAll = is_grant === true && (grantees ?? []).some((one) => 'RoleSpec' in one && isPublic(one.RoleSpec));
  const tables = (objects ?? []).flatMap((one) => ('RangeVar' in one ? [one.RangeVar] : []));
  const functions = (objects ?? []).flatMap((one) =>
    'ObjectWithArgs' in one ? [stringsOf(one.ObjectWithArgs.objname).at(-1) ?? ''] : [],
  );
  const isOfNew =
    tables.length + functions.length > 0 &&
    tables.every((table) => isNew(context, table)) &&
    functions.every((name) => isMadeHere(name, context));
  if (isOfNew && !isToAll) return [];
  const listed = (privileges ?? []).flatMap((one) => ('AccessPriv' in one ? [one.AccessPriv.priv_name ?? ''] : []));
  const what = listed.length === 0 ? 'every privilege' : listed.map((name) => name.toUpperCase()).join(', ');
  const named = [...tables.map(({ relname = '' }) => relname), ...functions, ...stringsOf(objects)];
  const on = targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? `everything in ${named.join(', ')}` : named.join(', ');
  const message = `${names(grantees)} ${is_grant === true ? 'gets' : 'loses'} ${what} on ${on}.`;
  return [isToAll ? { message, severity: 'warning' } : { message }];
}

/** Is it a function that this file makes? Every role may call a new function anyway. */
function isMadeHere(name: string, { file }: LintContext): boolean {
  return file.units.some(
    ({ node }) => 'CreateFunctionStmt' in node && stringsOf(node.CreateFunctionStmt.funcname).at(-1) === name,
  );
}

function isPublic({ roletype }: RoleSpec): boolean {
  return roletype === 'ROLESPEC_PUBLIC';
}

function names(roles: readonly Node[] | undefined): string {
  const found = (roles ?? []).flatMap((one) => ('RoleSpec' in one ? [nameOf(one.RoleSpec)] : []));
  return found.length === 0 ? 'A role' : found.join(', ');
}

function nameOf(role: RoleSpec | undefined): string {
  if (role?.roletype === 'ROLESPEC_PUBLIC') return 'PUBLIC (every role)';
  return role?.rolename ?? role?.roletype?.replace('ROLESPEC_', '') ?? 'A role';
}

/** Options that pass by the checks of others. */
const might = ['superuser', 'bypassrls', 'isreplication', 'createrole'];

function mighty(role: string, options: readonly Node[] | undefined): readonly Hit[] {
  const found = (options ?? []).flatMap((one) => {
    if (!('DefElem' in one) || !might.includes(one.DefElem.defname ?? '')) return [];
    const { arg, defname = '' } = one.DefElem;
    const isOn = arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true;
    return isOn ? [defname.replace(/^is/, '').toUpperCase()] : [];
  });
  if (found.length === 0) return [];
  return [
    { message: `${role} gets ${found.join(', ')} and passes by checks that hold for others.`, severity: 'warning' },
  ];
}
