import { createTwoFilesPatch, diffLines } from 'diff';
import { hashOf } from '#core/canonical';
import type { FileChange } from '../text/file-change.ts';
import type { TextEdit } from '../text/file-edits.ts';

/** Changes of a tree as a plan holds them. */
export type PlannedChanges = {
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly files: readonly { readonly path: string; readonly edits: readonly TextEdit[] }[];
  readonly written: readonly { readonly path: string; readonly text: string }[];
  readonly removed: readonly { readonly path: string; readonly before: string }[];
  readonly diff: string;
};

type Pair = { readonly from: string; readonly to: string; readonly before: string; readonly after: string };

const diffLinesMax = 2_000;

/** What a recipe made of a tree, as moves, edits of lines, new files and files that go. Pure. */
export function plannedChanges(changes: readonly FileChange[]): PlannedChanges {
  const pairs = pairsOf(changes);
  const paired = new Set(pairs.flatMap(({ from, to }) => [from, to]));
  const rest = changes.filter(({ path }) => !paired.has(path));
  const renamed = pairs.filter(({ from, to }) => from !== to);
  return {
    moves: renamed.map(({ from, to }) => ({ from, to })),
    files: pairs
      .filter(({ before, after }) => before !== after)
      .map(({ from, before, after }) => ({ path: from, edits: lineEdits(before, after) })),
    written: rest.flatMap(({ path, after }) => (after === undefined ? [] : [{ path, text: after }])),
    removed: rest.flatMap(({ path, before, after }) =>
      after !== undefined || before === undefined ? [] : [{ path, before: hashOf(before) }],
    ),
    diff: diffOf(pairs, rest),
  };
}

/** Files before and after: under their own name, or under another that differs in its extension only. */
function pairsOf(changes: readonly FileChange[]): readonly Pair[] {
  const fresh = changes.filter(({ before }) => before === undefined);
  return changes.flatMap(({ path, before, after }) => {
    if (before === undefined) return [];
    if (after !== undefined) return [{ from: path, to: path, before, after }];
    const other = fresh.find((one) => bare(one.path) === bare(path));
    return other?.after === undefined ? [] : [{ from: path, to: other.path, before, after: other.after }];
  });
}

function bare(path: string): string {
  return path.replace(/\.[a-z]+$/, '');
}

/** The lines that differ, as edits by offset. */
function lineEdits(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = 0;
  let open: TextEdit | undefined;
  for (const { value, added, removed } of diffLines(before, after)) {
    if (!added && !removed) {
      if (open !== undefined) edits.push(open);
      open = undefined;
      offset += value.length;
      continue;
    }
    open ??= { offset, length: 0, before: '', text: '' };
    open = added
      ? { ...open, text: open.text + value }
      : { ...open, length: open.length + value.length, before: open.before + value };
    if (removed) offset += value.length;
  }
  return open === undefined ? edits : [...edits, open];
}

function diffOf(pairs: readonly Pair[], rest: readonly FileChange[]): string {
  const patch = (from: string, to: string, before: string, after: string): readonly string[] =>
    createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: 1 })
      .replace(/^=+\n/, '')
      .trimEnd()
      .split('\n');
  const lines = [
    ...pairs.flatMap(({ from, to, before, after }) => [
      ...(from === to ? [] : [`rename from ${from}`, `rename to ${to}`]),
      ...(before === after ? [] : patch(from, to, before, after)),
    ]),
    ...rest.flatMap(({ path, before, after }) =>
      patch(
        before === undefined ? '/dev/null' : path,
        after === undefined ? '/dev/null' : path,
        before ?? '',
        after ?? '',
      ),
    ),
  ];
  if (lines.length <= diffLinesMax) return lines.join('\n');
  return [
    ...lines.slice(0, diffLinesMax),
    `… and ${lines.length - diffLinesMax} more lines; all of it stands in plan.json`,
  ].join('\n');
}
