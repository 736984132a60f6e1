import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Confirmation, confirmPredictions, hiddenNote } from '#code/api/confirm';
import {
  caseNames,
  compile,
  hideInstalled,
  installCase,
  installCompiler,
  readCase,
  runtimeBreaks,
} from './support/api-diff/case-tree.ts';
import { type PredictionRequest, type PredictionResult, resultSchema } from './support/api-diff/prediction-result.ts';
import { type Bench, type BenchContext, rounded } from './support/bench.ts';

const goals = { precision: 0.9, recall: 0.9, seconds: 20, megabytes: 1536 };
const timeoutMs = 400_000;

type Measured = {
  readonly name: string;
  /** Without those that no compiler sees before another break is mended; these are `hidden`. */
  readonly predictions: number;
  readonly hidden: number;
  readonly right: number;
  readonly found: number;
  readonly missed: number;
  readonly seconds: number;
  readonly megabytes: number;
};

/**
 * What is predicted for small real uses of packages, held against what a compiler that is not ours says once the new versions
 * are really installed, and against what the cases mark as breaking only when it runs. `--only chalk,zod` takes some of the
 * cases, `--bare true` predicts without node_modules.
 */
export const apiDiff: Bench = async (context) => {
  const only = context.options.only?.split(',');
  const names = (await caseNames()).filter((name) => only === undefined || only.includes(name));
  const home = await mkdtemp(join(tmpdir(), 'godwit-api-diff-'));
  const measured: Measured[] = [];
  try {
    const tsc = await installCompiler(join(home, 'compiler'));
    for (const name of names) {
      context.signal.throwIfAborted();
      measured.push(await measure(name, { home, tsc }, context));
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
  return summarize(measured, context);
};

type Place = { readonly home: string; readonly tsc: string };

async function measure(name: string, { home, tsc }: Place, context: BenchContext): Promise<Measured> {
  const [old, now] = [join(home, name, 'old'), join(home, name, 'new')];
  const { upgrades } = await readCase(name);
  context.note(`${name}: installing`);
  await installCase(name, 'old', old);
  await installCase(name, 'new', now);
  const before = await compile(tsc, old);
  const after = [...(await compile(tsc, now)), ...(await runtimeBreaks(name))];
  if (context.options.bare !== undefined) await hideInstalled(old);
  context.note(`${name}: predicting`);
  const request = { root: old, upgrades: [...upgrades], timeoutMs };
  const whole = await predict({ ...request, compile: 'both-versions' });
  const alone = await predict({ ...request, compile: 'none' });
  const [confirmed, compared] = [whole, alone].map(({ findings }) => confirmPredictions(findings, { before, after }));
  if (confirmed === undefined || compared === undefined) throw new Error('two predictions have two confirmations');
  const result = { name, ...countsOf(confirmed), seconds: whole.seconds, megabytes: whole.megabytes };
  const mine = countsOf(compared);
  context.print({
    case: name,
    upgrades: upgrades.map(({ name: dependency, from, to }) => `${dependency} ${from} → ${to}`),
    ...sharesOf(result),
    predictions: result.predictions,
    hidden: result.hidden,
    wrong: confirmed.verdicts.flatMap(({ kind, finding }) =>
      kind === 'confirmed' || finding.evidence?.includes(hiddenNote) === true
        ? []
        : [`${finding.file}:${finding.line} ${finding.rule} ${finding.symbol}`],
    ),
    missed: confirmed.unpredicted.map(({ file, line, code }) => `${file}:${line} ${code}`),
    consequences: confirmed.consequences.length,
    withoutCompiler: { ...sharesOf(mine), predictions: mine.predictions, seconds: rounded(alone.seconds, 1) },
    facts: whole.facts.map(({ rule }) => rule),
    unknown: whole.unknown.map(({ what }) => what),
    seconds: rounded(whole.seconds, 1),
    cpuSeconds: rounded(whole.cpuSeconds, 1),
    megabytes: Math.round(whole.megabytes),
  });
  await rm(join(home, name), { recursive: true, force: true });
  return result;
}

async function predict(request: PredictionRequest): Promise<PredictionResult> {
  const script = join(import.meta.dirname, 'support/api-diff/predict-process.ts');
  const args = ['--conditions=source', '--import', 'tsx', script, JSON.stringify(request)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  return resultSchema.parse(JSON.parse(stdout));
}

/** A prediction that nothing confirms is wrong here: what shows only when it runs is marked. Breaks count by line. */
function countsOf({
  verdicts,
  unpredicted,
}: Confirmation): Pick<Measured, 'predictions' | 'hidden' | 'right' | 'found' | 'missed'> {
  const confirmed = verdicts.filter(({ kind }) => kind === 'confirmed');
  const hidden = verdicts.filter((verdict) => verdict.kind === 'unconfirmed' && verdict.because === hiddenNote);
  const lines = (errors: readonly { readonly file: string; readonly line: number }[]): number =>
    new Set(errors.map(({ file, line }) => `${file}:${line}`)).size;
  return {
    predictions: verdicts.length - hidden.length,
    hidden: hidden.length,
    right: confirmed.length,
    found: lines(confirmed.flatMap((verdict) => (verdict.kind === 'confirmed' ? verdict.errors : []))),
    missed: lines(unpredicted),
  };
}

function sharesOf({ predictions, right, found, missed }: Pick<Measured, 'predictions' | 'right' | 'found' | 'missed'>) {
  return {
    precision: predictions === 0 ? 1 : rounded(right / predictions),
    recall: found + missed === 0 ? 1 : rounded(found / (found + missed)),
  };
}

function summarize(measured: readonly Measured[], context: BenchContext): boolean {
  const sum = (pick: (one: Measured) => number): number => measured.reduce((total, one) => total + pick(one), 0);
  const total = {
    predictions: sum((one) => one.predictions),
    right: sum((one) => one.right),
    found: sum((one) => one.found),
    missed: sum((one) => one.missed),
  };
  const shares = sharesOf(total);
  const seconds = Math.max(...measured.map((one) => one.seconds));
  const megabytes = Math.max(...measured.map((one) => one.megabytes));
  const met = {
    precision: shares.precision >= goals.precision,
    recall: shares.recall >= goals.recall,
    seconds: seconds <= goals.seconds,
    megabytes: megabytes <= goals.megabytes,
  };
  context.print({
    cases: measured.length,
    ...shares,
    ...total,
    secondsMax: rounded(seconds, 1),
    megabytesMax: Math.round(megabytes),
    goals,
    met,
  });
  return Object.values(met).every((isMet) => isMet);
}
