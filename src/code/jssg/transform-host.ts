import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { SgNode, SgRoot } from '@ast-grep/napi';
import { type AstGrepModule, astGrepModule, insideOf } from './ast-grep-module.ts';
import { fence, providedBy } from './fence.ts';
import { registerGrammars } from './grammars.ts';
import { grammarOf } from './language-names.ts';
import { type LoadModule, moduleLoader } from './module-loader.ts';
import type { Answer, Start } from './protocol.ts';
import { type StagedFiles, stagedFiles } from './staged-files.ts';
import type { TreeFile } from './tree-roots.ts';
import { metricsModule, runtimeModule, workflowModule } from './workflow-modules.ts';
import { type WorkspaceLookup, workspaceLookup } from './workspace-lookup.ts';

/** A transform that is ready for files. */
export interface TransformHost {
  transform(filename: string, text: string): Promise<Answer>;
  finish(): Answer;
}

type Transform = (root: SgRoot, options: unknown) => unknown;
type Work = {
  readonly start: Start;
  /** Real path of the target folder. */
  readonly target: string;
  readonly files: StagedFiles;
  readonly trees: AstGrepModule;
  readonly load: LoadModule;
  readonly selector: unknown;
};

/**
 * Loads a transform and makes it ready. Each file has the module anew, as in the public runner, so that what a module keeps
 * at its top level does not leak from file to file. Throws an Error where the module cannot be loaded or exports no
 * function.
 */
export async function transformHost(start: Start): Promise<TransformHost> {
  registerGrammars(start.packageFolder);
  const target = realpathSync(start.targetFolder);
  const { grants } = start;
  const files = stagedFiles(start.targetFolder, { alsoReadable: start.packageFolder, mayReadAll: grants.files });
  for (const [path, text] of start.overlay) files.lay(path, text);
  const workspace = workspaceOf(start, target, files);
  const warnings: string[] = [];
  const workflow = workflowModule(start.state);
  const metrics = metricsModule();
  const trees = astGrepModule({
    targetFolder: target,
    language: start.language,
    files,
    workspace,
    transformOther: (transform, path, language) => transformOther(work, { transform, path, language }),
  });
  const provided = providedBy(grants, files, {
    'codemod:ast-grep': trees.exports,
    '@ast-grep/napi': trees.exports,
    'codemod:workflow': workflow.exports,
    'codemod:metrics': metrics.exports,
    'codemod:runtime': runtimeModule((message) => warnings.push(message)),
  });
  fence(grants);
  const load = moduleLoader(provided);
  const module = await load(start.script);
  transformIn(module, start.script);
  const selector = typeof module.getSelector === 'function' ? module.getSelector(optionsFor(start, target)) : undefined;
  const work: Work = { start, target, files, trees, load, selector };
  return {
    async transform(filename, text) {
      const done = await transformFile(work, filename, text);
      return { ...done, warnings: warnings.splice(0) };
    },
    finish: () => ({ kind: 'finished', state: workflow.state(), metrics: metrics.metrics() }),
  };
}

function workspaceOf({ semantic }: Start, target: string, files: StagedFiles): WorkspaceLookup | undefined {
  if (semantic.scope === 'file') return undefined;
  const real = (path: string): string => resolve(target, relative(semantic.root, path));
  return workspaceLookup(target, semantic.files.map(real), files);
}

type Done = Omit<Extract<Answer, { readonly kind: 'done' }>, 'warnings'>;

async function transformFile(work: Work, given: string, text: string): Promise<Done> {
  const { start, target, files, trees } = work;
  const filename = resolve(target, relative(start.targetFolder, given));
  trees.roots.clear();
  files.lay(filename, text);
  const file: TreeFile = { filename, text, isCurrent: true, renamedTo: undefined };
  const root = trees.open(file);
  const matches = matchesIn(root, work.selector);
  if (matches?.length === 0) return { kind: 'done', others: [] };
  const transform = transformIn(await work.load(start.script), start.script);
  const result = await runOn(transform, root, { ...optionsFor(start, target), matches });
  const taken = files.take();
  const after = result ?? taken.find(([path]) => path === filename)?.[1] ?? text;
  const to = file.renamedTo;
  // As in the public runner, a renamed file is seen under both names until the step ends.
  files.lay(to ?? filename, after);
  const others = taken.filter(([path]) => path !== filename);
  return {
    kind: 'done',
    ...(after === text ? {} : { text: after }),
    ...(to === undefined ? {} : { renamedTo: asGiven(work, to) }),
    others: others.map(([path, changed]): [string, string | null] => [asGiven(work, path), changed]),
  };
}

/** A path below the target folder as the caller spells the folder, which may be a link. */
function asGiven({ start, target }: Work, path: string): string {
  return resolve(start.targetFolder, relative(target, path));
}

function matchesIn(root: SgRoot, selector: unknown): readonly SgNode[] | undefined {
  if (typeof selector !== 'object' || selector === null || !('rule' in selector)) return undefined;
  const { rule } = selector;
  if (typeof rule !== 'object' || rule === null) return undefined;
  return root.root().findAll({ ...selector, rule });
}

async function runOn(transform: Transform, root: SgRoot, options: unknown): Promise<string | undefined> {
  const result = await transform(root, options);
  if (result === null || result === undefined) return undefined;
  if (typeof result === 'string') return result;
  throw new Error(`A transform returns a text, null or undefined; this one returned a ${typeof result}.`);
}

type Other = { readonly transform: unknown; readonly path: string; readonly language: string };

/** `jssgTransform`: another transform on another file. In a package's own tests it does nothing, as in the public runner. */
async function transformOther(work: Work, { transform, path, language }: Other): Promise<string | null> {
  if (work.start.isTest) return null;
  if (!isTransform(transform)) throw new Error('jssgTransform() takes a transform function, a path and a language.');
  const { files, trees, target, start } = work;
  const filename = insideOf(target, resolve(target, path), 'jssgTransform()');
  const text = files.read(filename);
  if (text === undefined) throw new Error(`jssgTransform() cannot read ${path}.`);
  const file: TreeFile = { filename, text, isCurrent: false, renamedTo: undefined };
  const root = trees.open(file);
  const after = await runOn(transform, root, { ...optionsFor(start, target), language });
  if (file.renamedTo !== undefined) {
    files.remove(filename);
    files.write(file.renamedTo, after ?? text);
  } else if (after !== undefined && after !== text) files.write(filename, after);
  return after === undefined || after === text ? null : after;
}

function optionsFor({ params, language, matrix, isDryRun }: Start, target: string) {
  return {
    params,
    language: grammarOf(language)?.id ?? language,
    matches: undefined,
    matrixValues: matrix,
    dryRun: isDryRun,
    targetDir: target,
  };
}

function transformIn(module: Readonly<Record<string, unknown>>, script: string): Transform {
  const exported = module.default;
  if (isTransform(exported)) return exported;
  const inner =
    typeof exported === 'object' && exported !== null && 'default' in exported ? exported.default : undefined;
  if (isTransform(inner)) return inner;
  throw new Error(`${script} exports no function as its default.`);
}

function isTransform(value: unknown): value is Transform {
  return typeof value === 'function';
}
