import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DeprecatedUse, Unknown } from './snapshot.ts';
import { placeAt } from './text/place.ts';
import ts from './typescript.cts';

/** Where to look, and how long. */
export type UsesOptions = {
  readonly root: string;
  /** Files of the tree's own packages, by path from the root. */
  readonly files: readonly string[];
  /** tsconfig files to begin with; what they refer to is looked at too. */
  readonly configs: readonly string[];
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly budgetMs: number;
};

/** One compiler's view: files under one set of options. */
type Project = { readonly name: string; readonly files: readonly string[]; readonly options: ts.CompilerOptions };

type Found = { readonly uses: readonly DeprecatedUse[]; readonly unknown: readonly Unknown[] };

const filesMax = 5_000;
const bytesMax = 1_048_576;
const source = /\.([cm]?[jt]s|[jt]sx)$/;

/**
 * Uses of API that its declaration marks `@deprecated`, found by symbol with our own TypeScript: the projects of the
 * tsconfig files first, then all other source files together, JavaScript included. Nothing of the tree is run; what was
 * not looked at is named. Throws the signal's reason on abort, which is looked at between files.
 */
export async function deprecatedUses(options: UsesOptions): Promise<Found> {
  const { root, nowMs, signal } = options;
  const endMs = nowMs() + options.budgetMs;
  const documents = ts.createDocumentRegistry(true, root);
  const uses = new Map<string, DeprecatedUse>();
  const unknown: Unknown[] = [];
  const seen = new Set<string>();
  const skipped: string[] = [];
  for (const project of projectsOf(options)) {
    const wanted = project.files.filter((file) => isWanted(root, file) && !seen.has(file));
    if (wanted.length === 0) continue;
    const { small, large } = bySize(wanted);
    skipped.push(...large);
    for (const file of wanted) seen.add(file);
    const service = ts.createLanguageService(hostOf(root, project, signal), documents);
    for (const file of small) {
      await setImmediate();
      signal.throwIfAborted();
      if (nowMs() > endMs || seen.size - skipped.length > filesMax) {
        unknown.push({
          what: `uses of deprecated API in ${project.name}`,
          why: 'The tree is too large for the time there is.',
        });
        break;
      }
      for (const use of usesIn(service, file, root)) uses.set(`${use.place.file}:${use.place.offset}`, use);
    }
    service.dispose();
  }
  const sorted = [...uses.values()].sort(
    (one, other) => one.place.file.localeCompare(other.place.file, 'en') || one.place.offset - other.place.offset,
  );
  return { uses: sorted, unknown: [...unknown, ...tooLarge(root, skipped)] };
}

function* projectsOf({ root, files, configs }: UsesOptions): Generator<Project> {
  const queue = configs.map((config) => join(root, config));
  const known = new Set<string>();
  const covered = new Set<string>();
  for (const path of queue) {
    if (known.has(path) || !ts.sys.fileExists(path)) continue;
    known.add(path);
    const read = ts.readConfigFile(path, ts.sys.readFile);
    const parsed = ts.parseJsonConfigFileContent(read.config ?? {}, ts.sys, dirname(path), undefined, path);
    queue.push(...(parsed.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference)));
    for (const file of parsed.fileNames) covered.add(file);
    yield {
      name: slashed(relative(root, path)),
      files: parsed.fileNames,
      options: { ...parsed.options, ...ours(parsed.options) },
    };
  }
  const loose = files.filter((file) => source.test(file)).map((file) => slashed(join(root, file)));
  yield { name: 'files of no tsconfig', files: loose.filter((file) => !covered.has(file)), options: looseOptions };
}

/** Only looked at: nothing is written, plain JavaScript counts, and `types` are found as before TypeScript 6. */
function ours(options: ts.CompilerOptions): ts.CompilerOptions {
  const { checkJs: _, ...kept } = options;
  return {
    ...kept,
    allowJs: true,
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
});

function hostOf(root: string, project: Project, signal: AbortSignal): ts.LanguageServiceHost {
  return {
    getCompilationSettings: () => project.options,
    getScriptFileNames: () => [...project.files],
    getScriptVersion: () => '0',
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    getCancellationToken: () => ({ isCancellationRequested: () => signal.aborted }),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
  };
}

function usesIn(service: ts.LanguageService, file: string, root: string): readonly DeprecatedUse[] {
  const tree = service.getProgram()?.getSourceFile(file);
  if (tree === undefined) return [];
  const found = service
    .getSuggestionDiagnostics(file)
    .filter((diagnostic) => diagnostic.reportsDeprecated !== undefined);
  if (found.length === 0) return [];
  // The compiler strips the byte order mark; places count it.
  const mark = readFileSync(file, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = `${mark}${tree.text}`;
  return found.map(({ start, length, relatedInformation }) => {
    const tag = relatedInformation?.find(({ file: declaredIn }) => declaredIn !== undefined);
    const replacement = tag === undefined ? undefined : textOf(tag);
    return {
      name: tree.text
        .slice(start, start + length)
        .replaceAll(/\s+/g, ' ')
        .slice(0, 120),
      package: tag?.file === undefined ? '(unknown)' : packageOf(tag.file.fileName),
      place: placeAt(slashed(relative(root, file)), text, { offset: start + mark.length, length }),
      ...(replacement === undefined ? {} : { replacement }),
    };
  });
}

/** The tag's own words: `@deprecated`, stars, links and line breaks are not part of them. */
function textOf({ file, start = 0, length = 0 }: ts.DiagnosticRelatedInformation): string | undefined {
  const text = (file?.text ?? '')
    .slice(start, start + length)
    .replace(/^@deprecated/, '')
    .replaceAll(/^\s*\*+/gm, ' ')
    .replaceAll(/\{@link(?:code|plain)?\s+([^}|]+)(?:\|[^}]*)?\}/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s-]+/, '')
    .trim();
  return text === '' ? undefined : text.slice(0, 300);
}

function packageOf(file: string): string {
  const path = slashed(file);
  if (path.startsWith(slashed(dirname(ts.getDefaultLibFilePath({}))))) return '(language)';
  const at = path.lastIndexOf('/node_modules/');
  if (at === -1) return '(this tree)';
  const [scope = '', name = ''] = path.slice(at + '/node_modules/'.length).split('/');
  if (scope !== '@types') return scope.startsWith('@') ? `${scope}/${name}` : scope;
  return name.includes('__') ? `@${name.replace('__', '/')}` : name;
}

function isWanted(root: string, file: string): boolean {
  return (
    source.test(file) &&
    !file.endsWith('.d.ts') &&
    !file.includes('/node_modules/') &&
    !relative(root, file).startsWith('..')
  );
}

function bySize(files: readonly string[]) {
  const small: string[] = [];
  const large: string[] = [];
  for (const file of files) {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    (size > bytesMax ? large : small).push(file);
  }
  return { small, large };
}

function tooLarge(root: string, files: readonly string[]): readonly Unknown[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, 3).map((file) => slashed(relative(root, file)));
  const more = files.length > shown.length ? ` and ${files.length - shown.length} more` : '';
  return [
    {
      what: `uses of deprecated API in ${shown.join(', ')}${more}`,
      why: `A file of more than ${bytesMax} bytes is not looked into.`,
    },
  ];
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
