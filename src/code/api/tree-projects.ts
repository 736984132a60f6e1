import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from '../typescript.cts';
import { parsePublishedManifest } from './published-manifest.ts';

/** Files of a tree under one set of compiler options: those of a tsconfig, or the rest together. */
export type TreeProject = {
  readonly name: string;
  /** Absolute paths with slashes: the tree's own source files. */
  readonly files: readonly string[];
  /** Declaration files that the tsconfig takes in besides. */
  readonly ambient: readonly string[];
  readonly options: ts.CompilerOptions;
  /** True where the tree itself has its JavaScript checked. */
  readonly isJavascriptChecked: boolean;
};

export type TreeFiles = {
  /** Absolute. */
  readonly root: string;
  /** Files of the tree's own packages, by path from the root. */
  readonly files: readonly string[];
  /** tsconfig files to begin with, by path from the root; what they refer to is looked at too. */
  readonly configs: readonly string[];
};

const source = /\.([cm]?[jt]s|[jt]sx)$/;
const declaration = /\.d\.([^./]+\.)?[cm]?ts$/;
/** A larger file is generated or bundled. */
const bytesMax = 1_048_576;

/** The projects of a tree: each tsconfig, then all files that belong to none. Every file is in one of them only. */
export function treeProjects({ root, files, configs }: TreeFiles): readonly TreeProject[] {
  const queue = configs.map((config) => join(root, config));
  const known = new Set<string>();
  const covered = new Set<string>();
  const projects: TreeProject[] = [];
  for (const path of queue) {
    if (known.has(path) || !ts.sys.fileExists(path)) continue;
    known.add(path);
    const read = ts.readConfigFile(path, ts.sys.readFile);
    const parsed = ts.parseJsonConfigFileContent(read.config ?? {}, ts.sys, dirname(path), undefined, path);
    queue.push(...(parsed.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference)));
    const own = parsed.fileNames.map(slashed).filter((file) => isOwn(root, file) && !covered.has(file));
    for (const file of own) covered.add(file);
    projects.push({
      name: slashed(relative(root, path)),
      files: own.filter((file) => !declaration.test(file)),
      ambient: parsed.fileNames.map(slashed).filter((file) => declaration.test(file)),
      options: ours({ ...parsed.options, strict: parsed.options.strict ?? isStrictUnasked(dirname(path), root) }),
      isJavascriptChecked: parsed.options.checkJs === true,
    });
  }
  const loose = files.filter((file) => source.test(file)).map((file) => absoluteIn(root, file));
  const rest = loose.filter((file) => !covered.has(file) && isOwn(root, file) && !declaration.test(file));
  projects.push({
    name: 'files of no tsconfig',
    files: rest,
    ambient: [],
    options: looseOptions,
    isJavascriptChecked: false,
  });
  return projects.filter((project) => project.files.length > 0);
}

/** True for a file that is too large to be looked into. */
export function isTooLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > bytesMax;
}

/** `strict` is on unasked since TypeScript 6; of a tree without a compiler, ours counts. */
function isStrictUnasked(folder: string, root: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const text = ts.sys.readFile(join(at, 'node_modules/typescript/package.json'));
    const version = text === undefined ? undefined : parsePublishedManifest(text)?.version;
    if (version !== undefined) return Number.parseInt(version, 10) >= 6;
    if (at === root || dirname(at) === at) return true;
  }
}

/** Nothing is written, plain JavaScript counts and is checked, and `types` are found as before TypeScript 6. */
function ours(options: ts.CompilerOptions): ts.CompilerOptions {
  return {
    ...options,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    composite: false,
    incremental: false,
    ignoreDeprecations: '6.0',
    types: options.types ?? ['*'],
  };
}

const looseOptions: ts.CompilerOptions = ours({
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ESNext,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  esModuleInterop: true,
});

function isOwn(root: string, file: string): boolean {
  return source.test(file) && !file.includes('/node_modules/') && !relative(root, file).startsWith('..');
}

/** A file of the tree as programs name it: absolute, with slashes. `path` is from the root. */
export function absoluteIn(root: string, path: string): string {
  return slashed(join(root, path));
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
