import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type ts from 'typescript';
import type { Unknown } from '../snapshot.ts';
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
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  /** By the clock of `nowMs`. */
  readonly endMs: number;
};

export type Scan = {
  readonly uses: readonly Use[];
  /** What the compiler says of the new version and did not say of the old one. */
  readonly errors: readonly NewError[];
  /** Files that were compiled against both versions. */
  readonly checked: ReadonlySet<string>;
  readonly unknown: readonly Unknown[];
};

/** Finds the uses in every file of the tree, and compiles each against both versions: in memory, with our own compiler. */
export async function scanTree(request: ScanRequest): Promise<Scan> {
  const { projects, signal, nowMs, endMs } = request;
  const uses: Use[] = [];
  const errors: NewError[] = [];
  const checked = new Set<string>();
  const unknown: Unknown[] = [];
  for (const project of projects) {
    const [old, now] = programsOf(project, request);
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
      const seen = sightOf(file, old.getTypeChecker(), request);
      uses.push(...findUses(seen));
      errors.push(...newErrors(seen, { old, now, isJavascriptChecked: project.isJavascriptChecked }));
      checked.add(seen.path);
    }
  }
  return { uses, errors, checked, unknown };
}

function programsOf(project: TreeProject, { root, sides }: ScanRequest): readonly [ts.Program, ts.Program] {
  const parsed = new Map<string, ts.SourceFile>();
  const base = { root, store: sides.store, parsed };
  return [
    treeProgram(project, { ...base, anchors: sides.anchors.old }),
    treeProgram(project, { ...base, anchors: sides.anchors.new }),
  ];
}

function sightOf(file: ts.SourceFile, checker: ts.TypeChecker, { root, known, isWanted }: ScanRequest) {
  const text = readFileSync(file.fileName, 'utf8');
  return {
    checker,
    file,
    path: relative(root, file.fileName).replaceAll('\\', '/'),
    text,
    markLength: text.startsWith('\uFEFF') ? 1 : 0,
    known,
    isWanted,
  };
}
