import { setImmediate } from 'node:timers/promises';
import type { Finding } from '#core/finding';
import type { Sides } from './gather-sides.ts';
import type { Touched } from './join.ts';
import { errorsOf, isLoose, type NewError } from './new-errors.ts';
import type { Scan } from './scan-tree.ts';
import type { Judged } from './settled-by.ts';
import { treeProgram } from './tree-program.ts';
import { absoluteIn, type TreeProject } from './tree-projects.ts';

export type CheckRequest = {
  readonly root: string;
  readonly projects: readonly TreeProject[];
  readonly sides: Sides;
  readonly scan: Scan;
  /** Changes with the uses that they touch: an error there is a break of its own, which the edit only brings to light. */
  readonly touched: readonly Touched[];
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  /** By the clock of `nowMs`. */
  readonly endMs: number;
};

type Edit = NonNullable<Finding['edit']>;
type Edited = Judged & { readonly edit: Edit; readonly file: string };

/** Where the edits of a file do not compile together, so many of them are tried alone. */
const aloneMax = 20;

/**
 * Compiles every proposed edit in memory against the new version. One stays where the error that it is for is gone and no new
 * one is there; of the others, and of those for which there was no time, the finding stays without its edit. Throws the
 * signal's reason on abort.
 */
export async function checkEdits(proposals: readonly Judged[], request: CheckRequest): Promise<readonly Finding[]> {
  const { projects, scan, signal, nowMs, endMs } = request;
  const edited = proposals.flatMap((proposal): readonly Edited[] => {
    const { edit, file } = proposal.finding;
    return edit === undefined || file === undefined || !scan.checked.has(file) ? [] : [{ ...proposal, edit, file }];
  });
  const good = new Set<Finding>();
  for (const project of projects) {
    const files = new Set(project.files);
    const byFile = new Map<string, Edited[]>();
    for (const one of edited.filter(({ file }) => files.has(absoluteIn(request.root, file))))
      byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
    if (byFile.size === 0) continue;
    await setImmediate();
    signal.throwIfAborted();
    const open = new Set([...byFile.values()].flat());
    for (const kept of compiling(project, [...byFile.values()].map(apart), request)) {
      good.add(kept.finding);
      open.delete(kept);
    }
    for (const one of [...open].slice(0, aloneMax)) {
      await setImmediate();
      signal.throwIfAborted();
      if (nowMs() > endMs) break;
      if (compiling(project, [[one]], request).length > 0) good.add(one.finding);
    }
  }
  return proposals.map(({ finding }) => {
    if (finding.edit === undefined || good.has(finding)) return finding;
    const { edit: _, ...rest } = finding;
    return rest;
  });
}

/** Of edits that want the same place the first; the same edit, wanted twice, counts for both. */
function apart(edits: readonly Edited[]): readonly Edited[] {
  const kept: Edited[] = [];
  for (const one of edits) if (kept.every((other) => isApart(one.edit, other.edit))) kept.push(one);
  return kept;
}

function isApart(one: Edit, other: Edit): boolean {
  if (one.offset === other.offset && one.length === other.length) return one.text === other.text;
  return one.offset + one.length <= other.offset || other.offset + other.length <= one.offset;
}

/** Those of the files' edits that compile, all of a file or none. */
function compiling(
  project: TreeProject,
  files: readonly (readonly Edited[])[],
  request: CheckRequest,
): readonly Edited[] {
  const { root, sides, scan } = request;
  const instead = new Map<string, string>();
  for (const edits of files) {
    const file = edits[0]?.file ?? '';
    const text = scan.texts.get(file);
    if (text !== undefined) instead.set(absoluteIn(request.root, file), edit(text, edits).replace(/^\uFEFF/, ''));
  }
  const parsed = new Map(scan.parsed.get(project));
  const view = { root, store: sides.store, anchors: sides.anchors.new, parsed, instead };
  const program = treeProgram(project, view);
  return files
    .filter((edits) => {
      const name = edits[0]?.file ?? '';
      const file = program.getSourceFile(absoluteIn(request.root, name));
      if (file === undefined || !instead.has(absoluteIn(request.root, name))) return false;
      if (program.getSyntacticDiagnostics(file).length > 0) return false;
      const found = errorsOf(program, file, isLoose(name, project)).map(({ start = 0, code }) => ({ start, code }));
      return isMended(found, { name, edits, request });
    })
    .flat();
}

type Mending = { readonly name: string; readonly edits: readonly Edited[]; readonly request: CheckRequest };

function isMended(
  found: readonly { readonly start: number; readonly code: number }[],
  { name, edits, request: { scan, touched } }: Mending,
): boolean {
  const mark = scan.texts.get(name)?.startsWith('\uFEFF') === true ? 1 : 0;
  const moved = movedBy(edits.map((one) => one.edit));
  const at = (offset: number): number | undefined => {
    const place = moved(offset);
    return place === undefined ? undefined : place - mark;
  };
  const idOf = ({ place, code }: NewError): string => `${at(place.offset)} ${code}`;
  const mended = new Set(edits.flatMap(({ error }) => (error === undefined ? [] : [idOf(error)])));
  const known = new Set((scan.standing.get(name) ?? []).map((offset) => at(offset)));
  const left = new Set(scan.errors.filter(({ place }) => place.file === name).map(idOf));
  const own = new Set(edits.map(({ finding }) => finding.symbol));
  const others = touched
    .filter(({ use, change }) => use.place.file === name && !own.has(change.symbol))
    .map(({ use }) => ({ start: at(use.place.offset), length: use.place.length }));
  return found.every(({ start, code }) => {
    const id = `${start} ${code}`;
    if (known.has(start)) return true;
    if (mended.has(id)) return false;
    const isOther = others.some(
      (place) => place.start !== undefined && start >= place.start && start < place.start + place.length,
    );
    return left.has(id) || isOther;
  });
}

/** Where a place of the text is after the edits; undefined for one that an edit replaces. */
function movedBy(edits: readonly Edit[]): (offset: number) => number | undefined {
  const unique = [...new Map(edits.map((one) => [`${one.offset} ${one.length}`, one])).values()];
  return (offset) => {
    if (unique.some((one) => offset >= one.offset && offset < one.offset + one.length)) return undefined;
    const before = unique.filter((one) => one.offset + one.length <= offset);
    return offset + before.reduce((sum, { text, length }) => sum + text.length - length, 0);
  };
}

function edit(text: string, edits: readonly Edited[]): string {
  const unique = [...new Map(edits.map((one) => [`${one.edit.offset} ${one.edit.length}`, one.edit])).values()];
  return unique
    .sort((one, other) => other.offset - one.offset)
    .reduce((now, { offset, length, text: put }) => `${now.slice(0, offset)}${put}${now.slice(offset + length)}`, text);
}
