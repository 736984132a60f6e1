import {
  type Grant,
  plainName,
  type QualifiedName,
  type Sequence,
  type Snapshot,
  type Table,
  type Trigger,
  type View,
} from '../../../schema.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { roleName } from '../spelling/columns.ts';
import type { Node, Phase } from './order.ts';
import { storageOption } from './table-statements.ts';

/** Statements for what guards, watches and describes a table: rules, triggers, policies, identity, grants, comments. */
export function tableDependents(table: Table): readonly Node[] {
  const name = quoteQualified(table);
  const one = (phase: Phase, text: string) => nodeOf(table, phase, text);
  const constraints = table.constraints.map((constraint) =>
    comment(`CONSTRAINT ${quoteName(constraint.name)} ON ${name}`, constraint.comment),
  );
  return [
    ...(table.statistics ?? []).map((statistics) => one('index', statistics.definition)),
    ...(table.rules ?? []).map((rule) => one('rule', rule.definition.replace(/;\s*$/, ''))),
    ...triggerStatements(table, table.triggers),
    ...table.policies.map((policy) => one('policy', whereRoleExists(policy.definition))),
    ...(table.rowSecurity === 'off' ? [] : [one('policy', `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`)]),
    ...(table.rowSecurity === 'forced' ? [one('policy', `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`)] : []),
    ...(table.replicaIdentity === 'default'
      ? []
      : [one('remark', `ALTER TABLE ${name} REPLICA IDENTITY ${identity(table)}`)]),
    ...grantStatements(name, table.grants).map((text) => one('remark', text)),
    ...table.columns
      .flatMap((column) => grantStatements(name, column.grants, column.name))
      .map((text) => one('remark', text)),
    ...[
      ...comment(`TABLE ${name}`, table.comment),
      ...table.columns.flatMap((column) => comment(`COLUMN ${name}.${quoteName(column.name)}`, column.comment)),
      ...constraints.flat(),
      ...table.indexes.flatMap((index) =>
        comment(`INDEX ${quoteQualified({ schema: table.schema, name: index.name })}`, index.comment),
      ),
    ].map((text) => one('remark', text)),
  ];
}

/** Statements for a view with its indexes, triggers, grants and comment. */
export function viewStatements(view: View): readonly Node[] {
  const name = quoteQualified(view);
  const kind = view.kind === 'view' ? 'VIEW' : 'MATERIALIZED VIEW';
  const options = view.options.length === 0 ? '' : ` WITH (${view.options.map(storageOption).join(', ')})`;
  const create = `CREATE ${kind} ${name}${options} AS ${view.definition.replace(/;\s*$/, '')}`;
  return [
    { ...nodeOf(view, 'view', create), isMaker: true },
    ...(view.indexes ?? []).map((index) => nodeOf(view, 'rule', index.definition)),
    ...triggerStatements(view, view.triggers ?? []),
    ...[
      ...grantStatements(name, view.grants),
      ...comment(`${kind} ${name}`, view.comment),
      ...(view.indexes ?? []).flatMap((index) =>
        comment(`INDEX ${quoteQualified({ schema: view.schema, name: index.name })}`, index.comment),
      ),
    ].map((text) => nodeOf(view, 'remark', text)),
  ];
}

/** Grants and comment of a sequence; one that belongs to an identity comes with its table. */
export function sequenceRemarks(sequence: Sequence): readonly Node[] {
  const name = quoteQualified(sequence);
  const maker = sequence.isIdentity ? sequence.ownedBy?.table : sequence;
  if (maker === undefined) return [];
  const grants = (sequence.grants ?? []).map(({ role, privilege, isGrantable }) =>
    whereRoleExists(
      `GRANT ${privilege} ON SEQUENCE ${name} TO ${roleName(role)}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
    ),
  );
  return [...grants, ...comment(`SEQUENCE ${name}`, sequence.comment)].map((text) => nodeOf(maker, 'remark', text));
}

/** Publications as the list of tables that they carry. */
export function publicationStatements(snapshot: Snapshot): readonly Node[] {
  const names = [...new Set(snapshot.tables.flatMap((table) => table.publications))].sort();
  return names.map((publication) => {
    const tables = snapshot.tables.filter((table) => table.publications.includes(publication));
    const text = `CREATE PUBLICATION ${quoteName(publication)} FOR TABLE ${tables.map(quoteQualified).join(', ')}`;
    return { phase: 'remark', object: `publication ${publication}`, isMaker: false, text, mentions: text };
  });
}

const enabledWords = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' } as const;

/** Triggers that call into our own schema belong to a run, not to the user's schema. */
function triggerStatements(relation: QualifiedName, triggers: readonly Trigger[]): readonly Node[] {
  const name = quoteQualified(relation);
  return triggers
    .filter((trigger) => trigger.function.schema !== 'godwit')
    .flatMap((trigger) => [
      trigger.definition,
      ...(trigger.enabled === 'origin'
        ? []
        : [`ALTER TABLE ${name} ${enabledWords[trigger.enabled]} TRIGGER ${quoteName(trigger.name)}`]),
      ...comment(`TRIGGER ${quoteName(trigger.name)} ON ${name}`, trigger.comment),
    ])
    .map((text) => nodeOf(relation, 'trigger', text));
}

function nodeOf(relation: QualifiedName, phase: Phase, text: string): Node {
  return { phase, object: plainName(relation), isMaker: false, text, mentions: text };
}

function identity(table: Table): string {
  const [kind = '', ...index] = table.replicaIdentity.split(' ');
  return kind === 'index' ? `USING INDEX ${quoteName(index.join(' '))}` : kind.toUpperCase();
}

function grantStatements(relation: string, grants: readonly Grant[], column?: string): readonly string[] {
  return grants.map((grant) => {
    const what = column === undefined ? grant.privilege : `${grant.privilege} (${quoteName(column)})`;
    const role = grant.role === 'public' ? 'PUBLIC' : quoteName(grant.role);
    const option = grant.isGrantable ? ' WITH GRANT OPTION' : '';
    return whereRoleExists(`GRANT ${what} ON TABLE ${relation} TO ${role}${option}`);
  });
}

/** A statement that is passed over on a server where a role that it names is absent. */
function whereRoleExists(statement: string): string {
  const body = `BEGIN EXECUTE ${quoteLiteral(statement)}; EXCEPTION WHEN undefined_object THEN NULL; END`;
  return `DO ${quoteLiteral(body)}`;
}

function comment(object: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`COMMENT ON ${object} IS ${quoteLiteral(text)}`];
}
