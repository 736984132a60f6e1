import { join, relative, sep } from 'node:path';
import { hasOnlyCrlf, withLineEndsOf } from '../engine/line-ends.ts';
import { isBroken, recipeFile } from '../engine/recipe-file.ts';
import { UnfitFile } from '../engine/stage.ts';
import { isBrokenIn, registerGrammars } from '../jssg/grammars.ts';
import { grammarOf } from '../jssg/language-names.ts';
import type { Semantic } from '../jssg/protocol.ts';
import { openSandbox, type Sandbox, type SandboxAnswer } from '../jssg/sandbox.ts';
import { pathInPackage } from './codemod-package.ts';
import { type CodemodWork, metricLines, type StepPlace, stepFinding } from './codemod-work.ts';
import { selectPaths } from './select-paths.ts';
import { sourceFile } from './source-file.ts';
import { StepFault } from './step-fault.ts';
import { pathsOf } from './step-paths.ts';
import { syncFromScratch, syncToScratch } from './sync-scratch.ts';
import type { JscodeshiftStep, JsStep } from './workflow.ts';

/** What a step runs, whatever it is written against. */
type Script = Pick<JsStep, 'js_file' | 'language' | 'include' | 'exclude' | 'base_path' | 'semantic_analysis'> & {
  readonly flavour: 'jssg' | 'jscodeshift';
};

/** Runs a transform of jscodeshift; by default on everything in JavaScript or TypeScript. */
export function runJscodeshiftStep(step: JscodeshiftStep, place: StepPlace, work: CodemodWork): Promise<void> {
  return runScript({ ...step, language: 'tsx', flavour: 'jscodeshift' }, place, work);
}

/**
 * Runs a transform on the files that a step selects. A file on which it fails stays as it is and is named; where the
 * transform itself cannot be loaded, or says that the step has failed, throws StepFault.
 */
export async function runJsStep(step: JsStep, place: StepPlace, work: CodemodWork): Promise<void> {
  return runScript({ ...step, flavour: 'jssg' }, place, work);
}

async function runScript(step: Script, place: StepPlace, work: CodemodWork): Promise<void> {
  if (grammarOf(step.language) === undefined)
    throw new StepFault(`The language ${step.language} is not known to godwit.`);
  registerGrammars(place.pack.folder);
  const base = step.base_path ?? '.';
  const paths = selectPaths(work.stage.paths(), {
    include: pathsOf(step.include, place),
    exclude: pathsOf(step.exclude, place),
    base,
    languages: [step.language],
  }).filter(isInShard(place));
  const laid = mayRunPrograms(work) ? await syncToScratch(work) : undefined;
  const folder = laid?.scratch.folder ?? work.options.root;
  const sandbox = openSandbox(optionsOf(step, place, { work, folder: join(folder, base) }));
  try {
    for (const path of paths) {
      work.options.signal.throwIfAborted();
      await runOnFile(path, { sandbox, place, work, folder, language: step.language });
    }
    const { state, metrics } = await sandbox.finish();
    for (const [name, value] of Object.entries(state)) place.state.set(name, value);
    for (const name of place.state.keys()) if (!(name in state)) place.state.delete(name);
    work.notes.push(...metricLines(metrics), ...linesOf(sandbox.output()));
  } finally {
    sandbox.close();
  }
  if (laid !== undefined) await syncFromScratch(work, laid);
}

/** A shard names the files that are its own. */
function isInShard({ matrix }: StepPlace): (path: string) => boolean {
  const own = matrix?._meta_files;
  if (!Array.isArray(own)) return () => true;
  const names = new Set(own.map((path) => String(path).replace(/^\.\//, '')));
  return (path) => names.has(path);
}

/** Then the transform works on the copy that its programs see. */
function mayRunPrograms({ options }: CodemodWork): boolean {
  return options.grants.run && options.openScratch !== undefined;
}

function optionsOf(
  step: Script,
  { pack, params, matrix, state }: StepPlace,
  { work, folder }: { readonly work: CodemodWork; readonly folder: string },
) {
  const { grants, limits, env, signal, root } = work.options;
  const overlay = work.stage
    .changes()
    .map(({ path, after }): [string, string | null] => [join(root, path), after ?? null]);
  const isCopy = folder !== root && !folder.startsWith(root + sep);
  return {
    start: {
      flavour: step.flavour,
      script: pathInPackage(pack.folder, step.js_file, `js_file of ${pack.manifest.name}`),
      packageFolder: pack.folder,
      targetFolder: folder,
      language: step.language,
      params: { ...params },
      ...(matrix === undefined ? {} : { matrix: { ...matrix } }),
      state: Object.fromEntries(state),
      semantic: semanticOf(step, work, folder),
      grants: { ...grants, run: grants.run && isCopy },
      overlay: isCopy ? [] : overlay,
      isTest: false,
      isDryRun: false,
    },
    timeoutMs: limits.fileMs,
    memoryMb: limits.memoryMb,
    env,
    signal,
  };
}

function semanticOf({ semantic_analysis }: Script, { stage }: CodemodWork, folder: string): Semantic {
  if (semantic_analysis?.mode !== 'workspace') return { scope: 'file' };
  const root = join(folder, semantic_analysis.root ?? '.');
  const within = relative(folder, root).split(sep).join('/');
  const prefix = within === '' ? '' : `${within}/`;
  const files = stage.paths().filter((path) => sourceFile.test(path) && path.startsWith(prefix));
  return { scope: 'workspace', root: folder, files: files.map((path) => join(folder, path)) };
}

type FileWork = {
  readonly sandbox: Sandbox;
  readonly place: StepPlace;
  readonly work: CodemodWork;
  readonly folder: string;
  readonly language: string;
};

async function runOnFile(path: string, { sandbox, place, work, folder, language }: FileWork): Promise<void> {
  const text = await work.stage.text(path);
  if (text === undefined) return;
  const answer = await sandbox.transform(join(folder, path), text);
  if (answer.kind === 'failed' && answer.isWhole) throw new StepFault(answer.why);
  const why =
    answer.kind === 'failed' ? answer.why : await taken(answer, { path, text, work, folder, language }).catch(whyUnfit);
  if (why !== undefined) {
    const message = `${place.step || place.node} failed on ${path}: ${why}`;
    const cure = 'The file was left as it is; change it by hand.';
    work.faults.push({ ...stepFinding(place, 'recipe/failed', { message, cure }), file: path });
  }
  if (answer.kind === 'done') work.notes.push(...answer.warnings.map((warning) => `${path}: ${warning}`));
}

function whyUnfit(error: unknown): string {
  if (error instanceof UnfitFile) return error.message;
  throw error;
}

type Done = Extract<SandboxAnswer, { readonly kind: 'done' }>;
type Given = Pick<FileWork, 'work' | 'folder' | 'language'> & { readonly path: string; readonly text: string };

/** Lays what a transform made of a file, and of others, on the stage; or says why not. */
async function taken(answer: Done, { path, text, work, folder, language }: Given): Promise<string | undefined> {
  const { stage } = work;
  const after = answer.text === undefined ? text : styled(text, answer.text);
  const read = recipeFile(path, after);
  const isOther = grammarOf(language)?.isBuiltIn === false && /^(text|json)$/.test(read.language);
  if (isOther ? isBrokenIn(language, after, text) : isBroken(read, recipeFile(path, text)))
    return 'What it made of the file does not parse.';
  const inTree = (file: string): string => relative(folder, file).split(sep).join('/');
  const named = [...answer.others.map(([file]) => file), ...(answer.renamedTo === undefined ? [] : [answer.renamedTo])];
  for (const file of named) await stage.expectOpen(inTree(file));
  for (const [file, changed] of answer.others) {
    if (changed === null) await stage.remove(inTree(file));
    else await stage.put(inTree(file), changed);
  }
  if (answer.renamedTo !== undefined) {
    await stage.remove(path);
    await stage.put(inTree(answer.renamedTo), after);
  } else if (after !== text) await stage.put(path, after);
  return undefined;
}

/** A file with CRLF throughout stays one, whatever line ends the transform writes. */
function styled(before: string, after: string): string {
  return hasOnlyCrlf(before) ? withLineEndsOf(before, after) : after;
}

function linesOf(output: string): readonly string[] {
  return output.split('\n').filter((line) => line.trim() !== '');
}
