import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Unknown } from '../snapshot.ts';
import ts from '../typescript.cts';
import { findUses } from './find-uses.ts';
import type { Sides } from './gather-sides.ts';
import { type NewError, newErrors } from './new-errors.ts';
import type { DeclarationKey } from './shape.ts';
import { treeProgram } from './tree-program.ts';
import { isTooLarge, type TreeProject } from './tree-projects.ts';
import type { Use } from './use.ts';

export type ScanRequest = {
  readonly root: string;
  readonly projects: readonly TreeProject[];
  readonly sides: Sides;
  readonly known: ReadonlySet<DeclarationKey>;
  isWanted(specifier: string): boolean;
  readonly compile: 'both-versions' | 'none';
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  /** By the clock of `nowMs`. */
  readonly endMs: number;
};

export type Scan = {
  readonly uses: readonly Use[];
  /** What the compiler says of the new version and did not say of the old one. */
  readonly errors: readonly NewError[];
  /** Offsets of the errors that the tree has with the old version, of files that have new ones. */
  readonly standing: ReadonlyMap<string, readonly number[]>;
  /** Files that were compiled against both versions. */
  readonly checked: ReadonlySet<string>;
  /** Texts of the files in which something was found, byte order marks included. */
  readonly texts: ReadonlyMap<string, string>;
  /** Parsed files of each project, to compile it once more. */
  readonly parsed: ReadonlyMap<TreeProject, ReadonlyMap<string, ts.SourceFile>>;
  readonly unknown: readonly Unknown[];
};

/** Finds the uses in every file of the tree, and compiles each against both versions: in memory, with our own compiler. */
export async function scanTree(request: ScanRequest): Promise<Scan> {
  const { projects, signal, nowMs, endMs } = request;
  const uses: Use[] = [];
  const errors: NewError[] = [];
  const standing = new Map<string, readonly number[]>();
  const checked = new Set<string>();
  const texts = new Map<string, string>();
  const unknown: Unknown[] = [];
  const sources = new Map<TreeProject, Map<string, ts.SourceFile>>();
  for (const project of projects) {
    const parsed = new Map<string, ts.SourceFile>();
    sources.set(project, parsed);
    const [old, now] = programsOf(project, parsed, request);
    const large = project.files.filter(isTooLarge);
    if (large.length > 0)
      unknown.push({
        what: `uses in ${large.length} very large files of ${project.name}`,
        why: 'Files of more than 1 MB are not looked into.',
      });
    for (const path of project.files) {
      if (large.includes(path)) continue;
      await setImmediate();
      signal.throwIfAborted();
      if (nowMs() > endMs) {
        unknown.push({ what: `uses in ${project.name}`, why: 'The tree is too large for the time there is.' });
        break;
      }
      const file = old.getSourceFile(path);
      if (file === undefined) continue;
      const seen = sightOf(file, [old, now], request);
      const found = findUses(seen);
      uses.push(...found);
      if (found.length > 0) texts.set(seen.path, seen.text);
      if (now === undefined) continue;
      const broken = newErrors(seen, { old, now, isJavascriptChecked: project.isJavascriptChecked });
      errors.push(...broken.errors);
      if (broken.errors.length > 0) texts.set(seen.path, seen.text);
      standing.set(seen.path, broken.standing);
      checked.add(seen.path);
    }
  }
  return { uses, errors, standing, checked, texts, parsed: sources, unknown };
}

function programsOf(
  project: TreeProject,
  parsed: Map<string, ts.SourceFile>,
  { root, sides, compile }: ScanRequest,
): readonly [ts.Program, ts.Program | undefined] {
  const base = { root, store: sides.store, parsed };
  return [
    treeProgram(project, { ...base, anchors: sides.anchors.old }),
    compile === 'none' ? undefined : treeProgram(project, { ...base, anchors: sides.anchors.new }),
  ];
}

function sightOf(
  file: ts.SourceFile,
  [program, later]: readonly [ts.Program, ts.Program | undefined],
  { root, known, isWanted }: ScanRequest,
) {
  const text = readFileSync(file.fileName, 'utf8');
  return {
    checker: program.getTypeChecker(),
    file,
    later: later?.getSourceFile(file.fileName) === file ? later.getTypeChecker() : undefined,
    path: relative(root, file.fileName).replaceAll('\\', '/'),
    text,
    markLength: text.startsWith('\uFEFF') ? 1 : 0,
    isCommonJs: isCommonJs(file, program.getCompilerOptions()),
    known,
    isWanted,
  };
}

/** Whether the compiler turns the file's imports into `require`. Of JavaScript that it does not emit nothing is known. */
function isCommonJs(file: ts.SourceFile, { module }: ts.CompilerOptions): boolean {
  if (module === ts.ModuleKind.CommonJS) return !file.fileName.endsWith('.mts') && !/\.[cm]?jsx?$/.test(file.fileName);
  const isNode = module !== undefined && module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  return isNode && file.impliedNodeFormat === ts.ModuleKind.CommonJS;
}
