import { exitCodes, fail } from '#core/error';
import { type Finding, isOver, type Severity } from '#core/finding';
import { findingsSummary } from '#core/findings-summary';
import type { FindingsReport } from '#core/report';
import { type FileNaming, fingerprinted } from '#db/lint/baseline';
import { newestMajor, oldestMajor } from '#db/lint/majors';
import { formats } from '#report/formats/index';
import { asJson } from '../as-json.ts';
import type { Answer, Surroundings } from '../verb.ts';
import { allRuleNames, chooseRules } from './choose-rules.ts';
import { holdBaseline, openBaseline } from './hold-baseline.ts';
import { type Judged, judgeFiles } from './judge-files.ts';
import { type KnownSchema, knownSchema } from './known-schema.ts';
import { lintJson } from './lint-json.ts';
import { readMigrations } from './read-migrations.ts';
import { ruleMeanings } from './rule-meanings.ts';
import { standardInput } from './standard-input.ts';
import { tellProgress } from './tell-progress.ts';
import { type AllRead, withPlans } from './with-plans.ts';
import { writeFixes } from './write-fixes.ts';

/** What is asked of `lint`. */
export type LintInput = {
  readonly paths: readonly string[];
  readonly format: string;
  readonly schema?: string | undefined;
  readonly serverVersion?: number | undefined;
  readonly failOn?: Severity | 'never' | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline?: boolean | undefined;
  readonly fix?: boolean | undefined;
};

/** Lints what the paths name: reads, judges, fixes where that is asked for, and holds the rest against the baseline. */
export async function lintPaths(asked: LintInput, surroundings: Surroundings): Promise<Answer> {
  const { config, cwd, signal, mayRead } = surroundings;
  const said = config.lint;
  const paths = asked.paths.length === 0 ? [config.migrations] : asked.paths;
  const isUpdate = asked.updateBaseline === true;
  const open = openBaseline({ path: asked.baseline ?? said.baseline, isUpdate, cwd });
  refuseHalfFix(asked, paths);
  const { read, judged, notices, input } = await judgeAndFix(
    (input) => withPlans(readMigrations(paths, { cwd, signal, mayRead, standardInput: input }), { named: paths, cwd }),
    { asked, surroundings, nameOf: open.nameOf, input: paths.includes('-') ? await standardInput() : undefined },
  );
  const held = holdBaseline(allMarked([...read.findings, ...judged.findings], open.nameOf), {
    open,
    isCovered: (file) => read.files.has(file),
    cwd,
  });
  const failOn = asked.failOn ?? said.failOn;
  const report = { ...reportOf(held, { judged, read, notices: [...notices, ...held.notices] }), failOn };
  const fixedInput = asked.fix === true ? input : undefined;
  const document = () => lintJson(report, { failOn, statements: judged.statements, tools: toolsOf(read), fixedInput });
  const format = formats.find(({ id }) => id === asked.format);
  const told = () =>
    asked.format === 'json' ? `${JSON.stringify(document(), undefined, 2)}\n` : (format?.render(report) ?? '');
  // The SQL goes where it came from, and what there is to say beside it.
  const isPiped = fixedInput !== undefined && asked.format === 'text';
  return {
    // Long, and not asked for by everybody.
    get json() {
      return asJson(document());
    },
    report,
    exit: held.fresh.some(({ severity }) => isOver(severity, failOn)) ? exitCodes.findings : exitCodes.done,
    ...(isPiped ? { text: fixedInput, isVerbatim: true, notes: [told().trimEnd()] } : { text: told() }),
  };
}

/** What is about a file or a comment, and no statement, has its message for a fingerprint. */
function allMarked(findings: readonly Finding[], nameOf: FileNaming): readonly Finding[] {
  const bare = fingerprinted(
    findings.filter(({ fingerprint }) => fingerprint === undefined),
    { statementOf: () => undefined, nameOf },
  ).values();
  return findings.map((finding) => (finding.fingerprint === undefined ? (bare.next().value ?? finding) : finding));
}

/** What is fixed in standard input has to be written somewhere. */
function refuseHalfFix({ fix, format }: LintInput, paths: readonly string[]): void {
  if (fix !== true || !paths.includes('-')) return;
  const isPlace = format === 'text' || format === 'json';
  if (isPlace && paths.length === 1) return;
  throw fail('bad-input', {
    what: `--fix cannot write what it fixes in standard input${isPlace ? '' : ` with --format ${format}`}.`,
    why: isPlace
      ? 'It writes the SQL to standard output, and - stands beside other paths.'
      : 'It writes the SQL to standard output, where the report would go.',
    next: 'Name - alone, and take the text format or --json, which has the SQL in fixedInput.',
  });
}

type Judging = {
  readonly asked: LintInput;
  readonly surroundings: Surroundings;
  readonly nameOf: FileNaming;
  /** What stands in standard input, where that was named. */
  readonly input: string | undefined;
};

/** What was written by --fix is read again and judged as it stands now. */
async function judgeAndFix(
  look: (input: string | undefined) => Promise<AllRead>,
  judging: Judging,
): Promise<{
  readonly read: AllRead;
  readonly judged: Judged;
  readonly notices: readonly string[];
  readonly input: string | undefined;
}> {
  const { asked, surroundings, input } = judging;
  const known = await knownSchema(asked.schema ?? surroundings.config.lint.schema, surroundings);
  const read = await look(input);
  const judged = await judge(read, { ...judging, known });
  const fixed = asked.fix === true ? writeFixes(judged, { cwd: surroundings.cwd, input }) : { notices: [], input };
  if (fixed.notices.length === 0) return { read, judged, notices: known.notices, input };
  const again = await look(fixed.input);
  return {
    read: again,
    judged: await judge(again, { ...judging, known }),
    notices: [...known.notices, ...fixed.notices],
    input: fixed.input,
  };
}

async function judge(
  read: AllRead,
  { asked, known, surroundings, nameOf }: Omit<Judging, 'input'> & { readonly known: KnownSchema },
): Promise<Judged> {
  const said = surroundings.config.lint;
  const major = asked.serverVersion ?? known.major ?? said.serverVersion;
  const judged = await judgeFiles({
    histories: read.histories,
    schema: known.sql,
    majors: major === undefined ? { from: oldestMajor, to: newestMajor } : { from: major, to: major },
    rules: chooseRules(said.rules),
    names: allRuleNames(),
    options: said,
    live: known.live,
    nameOf,
    signal: surroundings.signal,
    onFile: tellProgress(surroundings, { what: 'lint', total: filesOf(read.histories) }),
  });
  return read.place(judged);
}

function filesOf(histories: AllRead['histories']): number {
  return histories.reduce((sum, { files }) => sum + files.length, 0);
}

function reportOf(
  held: Awaited<ReturnType<typeof holdBaseline>>,
  { judged, read, notices }: { readonly judged: Judged; readonly read: AllRead; readonly notices: readonly string[] },
): FindingsReport {
  const files = read.files.size;
  const counts = { files, suppressed: judged.silenced.length, inBaseline: held.known.length };
  return {
    kind: 'findings',
    title: titleOf(read, files),
    findings: held.fresh,
    sources: judged.sources,
    summary: findingsSummary(held.fresh, counts),
    rules: ruleMeanings(),
    silenced: [...judged.silenced, ...held.known.map((finding) => ({ finding, by: 'baseline' as const }))],
    notices,
  };
}

function titleOf(read: AllRead, files: number): string {
  const [first, ...more] = read.histories;
  if (first === undefined) return 'No SQL that could be judged';
  if (first.folder === '-' && more.length === 0) return 'Standard input';
  const places = read.histories.map(({ folder, tool }) => {
    const place = folder === '-' ? 'standard input' : folder === '.' ? 'this folder' : folder;
    return tool === 'plain' ? place : `${place} (${tool})`;
  });
  return `${files} ${files === 1 ? 'file' : 'files'} in ${places.join(', ')}`;
}

function toolsOf(read: AllRead): readonly string[] {
  return [...new Set(read.histories.map(({ tool }) => tool))];
}
