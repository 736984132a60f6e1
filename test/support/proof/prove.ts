import type { Finding } from '#core/finding';
import { innerStatements } from '#db/lint/body/inner-statements';
import { catalogOf } from '#db/lint/catalog/base-catalog';
import { type Effects, together } from '#db/lint/effects/effects';
import { exampleSchema } from '#db/lint/example-schema';
import { lintExample } from '#db/lint/lint-example';
import { readScript } from '#db/lint/read-script';
import { refusesTransaction } from '#db/lint/transactions';
import { unitsOf } from '#db/lint/units';
import type { Claim, Rule, RuleExample } from '#db/rule';
import { disagreements } from './disagreements.ts';
import type { Observation } from './observation.ts';
import { observe } from './observe.ts';
import type { ProofServer } from './servers.ts';

/** One example of a rule on one server: what was claimed, what was seen, and where the two do not agree. */
export type Proof = {
  readonly rule: string;
  readonly kind: 'bad' | 'good';
  readonly sql: string;
  readonly major: number;
  readonly claim: Claim | undefined;
  /** Of a bad example, of the statements that the rule speaks of; of a good one, of all. */
  readonly seen: readonly Observation[];
  readonly disagreements: readonly string[];
};

/** Runs every example of a rule that the server can run. */
export async function proveRule(server: ProofServer, rule: Rule): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const kind of ['bad', 'good'] as const) {
    for (const example of rule[kind]) {
      if (example.notRun !== undefined || !isFor(example, server.major)) continue;
      proofs.push(await proveExample(server, { rule, kind, example }));
    }
  }
  return proofs;
}

/** Is the major within the range? */
export function isFor(
  { from = 0, until = 99 }: { readonly from?: number; readonly until?: number },
  major: number,
): boolean {
  return from <= major && major <= until;
}

type Case = { readonly rule: Rule; readonly kind: 'bad' | 'good'; readonly example: RuleExample };

async function proveExample(server: ProofServer, { rule, kind, example }: Case): Promise<Proof> {
  const { major } = server;
  const { modelled, standing } = modelOf(example, major);
  // A single statement does in a transaction that is rolled back what it does by itself, and no database is copied for it.
  const mayRollBack = modelled.length === 1 && modelled.every(({ isRefusing }) => !isRefusing);
  const observed = await observe(server, {
    given: example.given,
    statements: modelled.map(({ text }) => text),
    mode: example.inTransaction === true || mayRollBack ? 'transaction' : 'autocommit',
  });
  const findings = lintExample({ ...example, from: major, until: major }, [rule]);
  const claim = example.claim ?? rule.claims.find((one) => isFor(one, major));
  const marked = kind === 'good' ? modelled : modelled.filter((one) => findings.some((finding) => isAt(finding, one)));
  const seen = marked.flatMap((one) => observed[modelled.indexOf(one)] ?? []);
  const base = { rule: rule.id, kind, sql: example.sql, major, claim, seen };
  return { ...base, disagreements: disagreements({ modelled, standing, observed, findings, claim, kind }) };
}

/** A statement of an example, with what the effects model says that the server does. */
export type Modelled = {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly effects: Effects;
  readonly transaction: number;
  /** It reads and writes rows: which of them it reads is the planner's choice. */
  readonly isAboutRows: boolean;
  /** The server refuses it within a transaction, or it ends one. */
  readonly isRefusing: boolean;
};

/** All that is there before an example, by `schema.name`. */
export type Standing = ReadonlySet<string>;

function modelOf(
  { sql, given = '', inTransaction = false }: RuleExample,
  major: number,
): { readonly modelled: readonly Modelled[]; readonly standing: Standing } {
  const catalog = catalogOf(`${exampleSchema}\n${given}`);
  const standing = new Set([...catalog.relations.keys(), ...catalog.indexes.keys()]);
  catalog.moment = { migration: 0 };
  const majors = { from: major, to: major };
  const { statements } = readScript(sql, { start: 0, end: sql.length, transaction: inTransaction ? 'one' : 'unknown' });
  const modelled = statements.map((statement, place) => {
    const { node } = statement;
    const all = [statement, ...innerStatements(statement, { catalog, text: sql })];
    const units = all.flatMap((one) => [...unitsOf(one, catalog, majors)]);
    return {
      text: sql.slice(statement.start, statement.end),
      line: lineOf(sql, statement.start),
      endLine: lineOf(sql, statement.end),
      effects: together(units.map(({ effects }) => effects)),
      transaction: inTransaction || statement.isInTransaction ? statement.transaction : -1 - place,
      isRefusing: refusesTransaction(node) || ['TransactionStmt', 'DoStmt', 'CallStmt'].some((kind) => kind in node),
      isAboutRows: units.some(({ kind }) =>
        /^(Update|Delete|Insert|Merge|Select|Copy|CreateTableAs|View|Do)Stmt$/.test(kind),
      ),
    };
  });
  return { modelled, standing };
}

function isAt({ line = 0 }: Finding, statement: Modelled): boolean {
  return statement.line <= line && line <= statement.endLine;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
