import type { Finding, Severity } from '#core/finding';
import type { MigrationFile } from '../history.ts';
import type { Rule } from '../rule.ts';
import { innerStatements } from './body/inner-statements.ts';
import { byPlace } from './by-place.ts';
import { catalogOf } from './catalog/base-catalog.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { LintContext, LintOptions } from './context.ts';
import type { Majors } from './effects/command-place.ts';
import type { LiveFacts } from './live-facts.ts';
import { makeFinding } from './make-finding.ts';
import { readScript, type Script } from './read-script.ts';
import { settingOf } from './settings.ts';
import { maskForeign } from './text/mask-foreign.ts';
import { withPlaceholders } from './text/placeholder-names.ts';
import { positionOf } from './text/position-of.ts';
import type { Unit } from './unit.ts';
import { unitsOf } from './units.ts';

export type LintRequest = {
  /** In the order in which they run; what goes back is not looked at. */
  readonly files: readonly MigrationFile[];
  /** The tool whose folder it is, for messages. */
  readonly tool: string;
  /** SQL of the schema as it was before the files, if that is known. */
  readonly schema: string | undefined;
  readonly majors: Majors;
  /** The rules that are on, with the severity that they have here. */
  readonly rules: readonly { readonly rule: Rule; readonly severity: Severity }[];
  readonly options: LintOptions;
  readonly live: LiveFacts | undefined;
};

/** Findings of one file, and its statements' places. */
export type LintedFile = {
  readonly path: string;
  readonly findings: readonly Finding[];
  readonly statements: readonly { readonly start: number; readonly end: number }[];
};

/**
 * Judges every statement of the files, in order, against what is there when it runs. The parser must be loaded. Yields
 * file by file, so that a caller can show progress and stop.
 */
export function* lintFiles(request: LintRequest): Generator<LintedFile> {
  const catalog = catalogOf(request.schema);
  const sorted = sortedRules(request.rules);
  const earlier: string[] = [];
  for (const [migration, file] of request.files.entries()) {
    catalog.moment = { migration };
    catalog.timeZone = undefined;
    catalog.searchPath = ['public'];
    yield lintFile(file, { request, catalog, sorted, earlier });
    earlier.push(file.path);
  }
}

type Bench = {
  readonly request: LintRequest;
  readonly catalog: Catalog;
  readonly sorted: SortedRules;
  readonly earlier: readonly string[];
};

function lintFile(file: MigrationFile, { request, catalog, sorted, earlier }: Bench): LintedFile {
  const units: Unit[] = [];
  const settings = new Map<string, string>();
  const { options, live, majors, tool } = request;
  const place = { path: file.path, text: file.text };
  const context: LintContext = { catalog, majors, file: { ...place, earlier, units, tool }, settings, options, live };
  const findings: Finding[] = [];
  const statements: { start: number; end: number }[] = [];
  const masked = maskForeign(file.text);
  for (const part of file.parts.filter(({ direction }) => direction === 'up')) {
    const script = readScript(masked.text, part);
    findings.push(...syntaxFindings(script, place));
    // Nobody knows what it would have made.
    if (script.failures.length > 0) catalog.isCertain = false;
    for (const statement of script.statements) {
      statements.push({ start: statement.start, end: statement.end });
      for (const one of [statement, ...innerStatements(statement, { catalog, text: file.text })]) {
        for (const unit of unitsOf(one, catalog, majors)) {
          findings.push(...judged(unit, { rules: rulesFor(sorted, unit.kind), context, ...place }));
          units.push(unit);
        }
        settingOf(one.node, settings);
      }
    }
  }
  const kinds = new Set(units.map(({ kind }) => kind));
  for (const { rule, severity, checkFile } of sorted.ofFiles) {
    if (rule.onFileWith?.some((kind) => kinds.has(kind)) === false) continue;
    for (const hit of checkFile(units, context)) {
      findings.push(makeFinding(hit, { rule, severity, unit: hit.unit, ...place }));
    }
  }
  return {
    path: file.path,
    findings: withPlaceholders(masked, withoutIdle(distinct(findings), sorted.unless).toSorted(byPlace)),
    statements,
  };
}

/** Several statements of a body have one place: what is said of two of them in the same words is said once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const said = new Set<string>();
  return findings.filter(({ rule, line, column, message }) => {
    const key = `${rule} ${line}:${column} ${message}`;
    const isNew = !said.has(key);
    said.add(key);
    return isNew;
  });
}

/** What a statement would do does not matter where it fails. */
function withoutIdle(findings: readonly Finding[], unless: SortedRules['unless']): readonly Finding[] {
  if (!findings.some(({ rule }) => unless.has(rule))) return findings;
  const said = new Set(findings.map(({ rule, line, column }) => `${rule} ${line}:${column}`));
  const isIdle = ({ rule, line, column }: Finding) =>
    unless.get(rule)?.some((other) => said.has(`${other} ${line}:${column}`)) === true;
  return findings.filter((finding) => !isIdle(finding));
}

function judged(
  unit: Unit,
  bench: {
    readonly rules: LintRequest['rules'];
    readonly context: LintContext;
    readonly path: string;
    readonly text: string;
  },
): readonly Finding[] {
  const { context, path, text } = bench;
  const findings: Finding[] = [];
  for (const { rule, severity } of bench.rules) {
    for (const hit of rule.check(unit, context)) findings.push(makeFinding(hit, { rule, severity, unit, path, text }));
  }
  return findings;
}

/** The rules by when they are asked. */
type SortedRules = {
  /** By kind of unit; under `*` what is asked of all other kinds. */
  readonly byKind: ReadonlyMap<string, LintRequest['rules']>;
  readonly ofFiles: readonly (LintRequest['rules'][number] & { readonly checkFile: NonNullable<Rule['checkFile']> })[];
  /** By rule, those that leave it nothing to say. */
  readonly unless: ReadonlyMap<string, readonly string[]>;
};

function sortedRules(rules: LintRequest['rules']): SortedRules {
  const kinds = new Set(rules.flatMap(({ rule }) => rule.on));
  const of = (kind: string) => rules.filter(({ rule }) => rule.on.includes(kind) || rule.on.includes('*'));
  return {
    byKind: new Map([...kinds].map((kind) => [kind, of(kind)])),
    ofFiles: rules.flatMap(({ rule, severity }) => {
      const checkFile = rule.checkFile?.bind(rule);
      return checkFile === undefined ? [] : [{ rule, severity, checkFile }];
    }),
    unless: new Map(rules.flatMap(({ rule }) => (rule.unless === undefined ? [] : [[rule.id, rule.unless]]))),
  };
}

function rulesFor({ byKind }: SortedRules, kind: string): LintRequest['rules'] {
  return byKind.get(kind) ?? byKind.get('*') ?? [];
}

function syntaxFindings(
  { failures }: Script,
  { path, text }: { readonly path: string; readonly text: string },
): readonly Finding[] {
  return failures.map(({ index, end, message }) => {
    const at = Math.min(index, text.length);
    const from = positionOf(text, at);
    const to = positionOf(text, Math.max(at, Math.min(end, at + 1)));
    return {
      rule: 'sql/syntax',
      aliases: [],
      severity: 'error',
      message: `The SQL does not parse: ${message}.`,
      instead: 'Correct it at this place; what is meant for another database or a template has to be left out.',
      file: path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      tables: [],
      rewrite: false,
      scan: false,
    };
  });
}
