import type { Finding } from '#core/finding';
import type { MigrationFile } from '../history.ts';
import type { Rule, RuleExample } from '../rule.ts';
import { exampleSchema } from './example-schema.ts';
import { type LintedFile, lintFiles } from './lint.ts';
import type { LiveFacts } from './live-facts.ts';
import { aliasesOf } from './make-finding.ts';
import { ruleNames } from './suppression/rule-names.ts';
import { applySuppressions } from './suppression/suppressions.ts';

/** A server on which nothing is going on. */
const quietServer: LiveFacts = {
  tables: new Map(),
  invalidIndexes: new Map(),
  longTransactions: [],
  replicationLagBytes: undefined,
  freeDiskBytes: undefined,
  capacity: new Map(),
  xidUsed: 0,
  version: 180_000,
};

/**
 * All findings of the rules in an example, on the schema of the examples, less those that a comment in it silences. The
 * parser must be loaded.
 */
export function lintExample(example: RuleExample, rules: readonly Rule[]): readonly Finding[] {
  const {
    sql,
    given = '',
    inTransaction = false,
    from = 12,
    until = 18,
    path = 'migration.sql',
    earlier = [],
    live,
    options = {},
  } = example;
  const file: MigrationFile = {
    path,
    text: sql,
    parts: [{ start: 0, end: sql.length, direction: 'up', transaction: inTransaction ? 'one' : 'unknown' }],
  };
  const before = earlier.map((one): MigrationFile => ({ path: one, text: '', parts: [] }));
  const linted = lintFiles({
    files: [...before, file],
    tool: 'plain',
    schema: `${exampleSchema}\n${given}`,
    majors: { from, to: until },
    rules: rules.map((rule) => ({ rule, severity: rule.severity })),
    options,
    live: live === undefined ? undefined : { ...quietServer, ...live },
  });
  return [...linted].flatMap((one) => spokenOf(one, file, rules));
}

/** What comments leave, and what is wrong with them. Only the names of these rules are known. */
function spokenOf(linted: LintedFile, { path, text }: MigrationFile, rules: readonly Rule[]): readonly Finding[] {
  if (linted.path !== path) return linted.findings;
  const { findings, statements } = linted;
  const names = ruleNames(rules.map((rule) => ({ id: rule.id, aliases: aliasesOf(rule) })));
  return applySuppressions({ text, file: path, statements, findings, names }).findings;
}
