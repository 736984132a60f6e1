import { relationOf } from '../../lint/catalog/catalog.ts';
import { isNew, type LintContext, mayMeet } from '../../lint/context.ts';
import { defaultPartition } from '../../lint/effects/partition-effects.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const detachPartition: Rule = {
  id: 'pg/detach-partition',
  severity: 'warning',
  summary: 'A partition is detached while nobody can use the partitioned table',
  why: 'DETACH PARTITION takes ACCESS EXCLUSIVE on the whole partitioned table: it waits behind every query there, and every later query waits behind it.',
  instead:
    'DETACH PARTITION … CONCURRENTLY (from PostgreSQL 14), outside a transaction; it is refused where there is a default partition. Otherwise set a short lock_timeout and try again where it runs out.',
  aliases: { squawk: ['require-concurrent-partition-detach'], MigrationPilot: ['MP046'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE events DETACH PARTITION events_2024;' },
    { sql: 'ALTER TABLE logs DETACH PARTITION logs_2025;' },
    { sql: 'BEGIN;\nALTER TABLE public.events DETACH PARTITION public.events_2025;\nCOMMIT;' },
  ],
  good: [
    { sql: 'ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;', from: 14 },
    {
      sql: 'CREATE TABLE visits (id bigint, day date) PARTITION BY RANGE (day);\nCREATE TABLE visits_rest PARTITION OF visits DEFAULT;\nALTER TABLE visits DETACH PARTITION visits_rest;',
    },
    {
      sql: 'ALTER TABLE notes NO INHERIT papers;',
      given: 'CREATE TABLE papers (id bigint); ALTER TABLE notes INHERIT papers;',
    },
  ],
  on: ['AT_DetachPartition'],
  check(unit, context) {
    const { node, command } = unit;
    const def = command?.def;
    if (!('AlterTableStmt' in node) || def === undefined || !('PartitionCmd' in def)) return [];
    const { relation } = node.AlterTableStmt;
    const [parent, part] = [writtenName(relation), writtenName(def.PartitionCmd.name)];
    const rest = defaultPartition(relationOf(context.catalog, relation));
    if (def.PartitionCmd.concurrent === true) {
      const message = `${parent} has a default partition (${rest?.name}): DETACH PARTITION CONCURRENTLY fails there with 55000.`;
      return rest === undefined ? [] : [{ message, severity: 'error', instead: withDefault }];
    }
    if (isNew(context, relation)) return [];
    const fix = rest === undefined ? concurrentForm(unit, context) : undefined;
    return [
      {
        message: `Nobody can use ${parent} while ${part} is detached, nor while that waits for the queries before it.`,
        ...(fix === undefined ? {} : { fix }),
        ...(rest === undefined ? {} : { instead: withDefault }),
      },
    ];
  },
};

const withDefault =
  'Beside a default partition only the plain DETACH PARTITION works: set lock_timeout to a second or two, try again where it runs out, and run it when no long query runs.';

/** The statement with CONCURRENTLY at its end, where every server that it may meet knows that. */
function concurrentForm({ statement }: Unit, context: LintContext): string | undefined {
  const text = context.file.text.slice(statement.start, statement.end);
  const isPossible = !statement.isInTransaction && statement.within === undefined && !mayMeet(context, { until: 13 });
  return isPossible && !/--|\/\*/.test(text) ? `${text} CONCURRENTLY` : undefined;
}
