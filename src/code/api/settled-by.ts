import type { Finding } from '#core/finding';
import type { FileChange } from '../text/file-change.ts';
import type ts from '../typescript.cts';
import type { Sides } from './gather-sides.ts';
import { errorsOf, isLoose, type NewError } from './new-errors.ts';
import type { Scan } from './scan-tree.ts';
import { treeProgram } from './tree-program.ts';
import { absoluteIn, type TreeProject } from './tree-projects.ts';

/** A finding, and what the compiler says of its place with the new version. */
export type Judged = { readonly finding: Finding; readonly error: NewError | undefined };

type Settling = {
  readonly root: string;
  readonly projects: readonly TreeProject[];
  readonly sides: Sides;
  readonly scan: Scan;
  readonly judged: readonly Judged[];
};

/**
 * Findings whose error the compiler has no more once some files are changed, by any edit in their file: an import that is
 * added settles the lines below it. Compiled in memory against the new version. What is not an error of the compiler is
 * not judged.
 */
export function settledBy(changes: readonly FileChange[], settling: Settling): ReadonlySet<Finding> {
  const { root, projects, sides, scan } = settling;
  const instead = new Map(
    changes.flatMap(({ path, after }): readonly (readonly [string, string])[] =>
      after === undefined ? [] : [[absoluteIn(root, path), after.replace(/^\uFEFF/, '')]],
    ),
  );
  const settled = new Set<Finding>();
  const open = new Set<Finding>();
  for (const project of projects) {
    const mine = byFileOf(project, { ...settling, instead });
    if (mine.size === 0) continue;
    const parsed = new Map(scan.parsed.get(project));
    const program = treeProgram(project, { root, store: sides.store, anchors: sides.anchors.new, parsed, instead });
    for (const [path, list] of mine) {
      const left = errorIds(program, path, isLoose(path, project));
      for (const { finding, error } of list) {
        const text = scan.texts.get(finding.file ?? '');
        const isLeft = left === undefined || error === undefined || left.has(idOf(error.code, text ?? '', error.place));
        (isLeft ? open : settled).add(finding);
      }
    }
  }
  for (const finding of open) settled.delete(finding);
  return settled;
}

/** What is judged in files of a project that are changed, by absolute path. */
function byFileOf(
  project: TreeProject,
  { root, judged, instead }: Settling & { readonly instead: ReadonlyMap<string, string> },
): ReadonlyMap<string, readonly Judged[]> {
  const files = new Set(project.files);
  const found = new Map<string, Judged[]>();
  for (const one of judged) {
    const path = absoluteIn(root, one.finding.file ?? '');
    if (one.error === undefined || !files.has(path) || !instead.has(path)) continue;
    found.set(path, [...(found.get(path) ?? []), one]);
  }
  return found;
}

/** The errors of a file; undefined where it cannot be said. */
function errorIds(program: ts.Program, path: string, loose: boolean): ReadonlySet<string> | undefined {
  const file = program.getSourceFile(path);
  if (file === undefined || program.getSyntacticDiagnostics(file).length > 0) return undefined;
  return new Set(
    errorsOf(program, file, loose).map(({ code, start = 0, length = 0 }) =>
      idOf(code, file.text, { offset: start, length }),
    ),
  );
}

/** Lines move with what is put in above: an error is known by what the compiler marks. */
function idOf(code: number, text: string, { offset, length }: { readonly offset: number; readonly length: number }) {
  return `${code} ${text.slice(offset, offset + length)}`;
}
