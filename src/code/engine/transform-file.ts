import type { FileTransform, RecipeContext, RecipeFile, TextEdit, Unresolved } from '../recipe.ts';
import { applyEdits } from './apply-edits.ts';
import { withLineEndsOf } from './line-ends.ts';
import { isBroken, parsedFile } from './recipe-file.ts';

/** What a transform left open, where it stands in the text afterwards. */
export type Open = { readonly transform: string; readonly item: Unresolved };

/** A transform whose result was not taken, and the offset, in the text afterwards, of the first thing that broke. */
export type LeftOut = { readonly transform: string; readonly offset: number };

/** A file after its transforms, or the transform that failed and why. */
export type FileOutcome =
  | {
      readonly kind: 'done';
      readonly text: string;
      readonly open: readonly Open[];
      /** Transforms that were left out, as the grammar does not read what they made, and where that stands. */
      readonly leftOut: readonly LeftOut[];
      /** Where an offset of the text before stands afterwards. */
      moved(offset: number): number;
    }
  | { readonly kind: 'failed'; readonly transform: string; readonly why: string };

/** Nested matches need one round each; a transform that goes on longer feeds on its own output. */
const roundsMax = 20;

type Work = { readonly transforms: readonly FileTransform[]; readonly context: RecipeContext };

/**
 * Runs transforms one after the other on a text (without byte order mark). A transform that throws or does not settle fails the
 * file as a whole; one that breaks the syntax of a text that parsed is left out, and fails it where there is no other. Looks
 * neither at `files` nor at the world.
 */
export async function transformFile(path: string, text: string, work: Work): Promise<FileOutcome> {
  const before = await parsedFile(path, text);
  const { outcome, file, isJudged } = await runAll(before, work, 'in the end');
  if (!isJudged || file === before || !isBroken(file, before)) return outcome;
  const careful = await runAll(before, work, 'each');
  if (careful.file !== before || careful.outcome.kind === 'failed') return careful.outcome;
  const transform = work.transforms.map(({ id }) => id).join(', ');
  return { kind: 'failed', transform, why: 'What it made of the file does not parse.' };
}

type Ran = { readonly outcome: FileOutcome; readonly file: RecipeFile; readonly isJudged: boolean };

async function runAll(before: RecipeFile, { transforms, context }: Work, judged: 'each' | 'in the end'): Promise<Ran> {
  let file = before;
  let open: readonly Open[] = [];
  let leftOut: readonly LeftOut[] = [];
  const moves: ((offset: number) => number)[] = [];
  let isJudged = true;
  for (const transform of transforms) {
    if (!isMentioned(transform, file.text)) continue;
    try {
      const next = await settle(transform, file, context);
      if (judged === 'each' && transform.isBeyondGrammar !== true && isBroken(next.file, file)) {
        leftOut = [...leftOut, { transform: transform.id, offset: originOf(faultIn(next.file), file, next.moved) }];
        continue;
      }
      leftOut = leftOut.map((one) => ({ ...one, offset: next.moved(one.offset) }));
      const found = next.open.map((item) => ({ transform: transform.id, item }));
      open = [...open.map((one) => movedOpen(one, next.moved)), ...found];
      if (transform.isBeyondGrammar === true && next.file !== file) isJudged = false;
      file = next.file;
      moves.push(next.moved);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { outcome: { kind: 'failed', transform: transform.id, why }, file, isJudged: false };
    }
  }
  return { outcome: { kind: 'done', text: file.text, open, leftOut, moved: over(moves) }, file, isJudged };
}

function faultIn(file: RecipeFile): number {
  return (
    file
      .root()
      .find({ rule: { kind: 'ERROR' } })
      ?.range().start.index ?? 0
  );
}

/** The last offset of a text that stands before an offset, or at it, afterwards. */
function originOf(offset: number, { text }: RecipeFile, moved: (offset: number) => number): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (moved(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** True where the text holds one of the words without which the transform has nothing to do. */
export function isMentioned({ mentions }: FileTransform, text: string): boolean {
  return mentions.length === 0 || mentions.some((word) => text.includes(word));
}

type Settled = {
  readonly file: RecipeFile;
  readonly open: readonly Unresolved[];
  moved(offset: number): number;
};

/** Edits that overlap are made in rounds, so that a call within a call is rewritten too. */
async function settle(transform: FileTransform, first: RecipeFile, context: RecipeContext): Promise<Settled> {
  let file = first;
  const moves: ((offset: number) => number)[] = [];
  for (let round = 0; round < roundsMax; round += 1) {
    const { edits, unresolved } = transform.transform(file, context);
    const real = edits
      .map((edit) => ({ ...edit, text: withLineEndsOf(file.text, edit.text) }))
      .filter(isChangeOf(file));
    if (real.length === 0) return { file, open: unresolved, moved: over(moves) };
    const edited = applyEdits(file.text, real);
    moves.push(edited.moved);
    file = await parsedFile(file.path, edited.text);
    if (edited.left === 0) {
      const open = unresolved.map((item) => movedItem(item, edited.moved));
      return { file, open, moved: over(moves) };
    }
  }
  throw new Error(`It still finds something to change after ${roundsMax} rounds.`);
}

function isChangeOf({ text }: RecipeFile): (edit: TextEdit) => boolean {
  return ({ offset, length, text: after }) => text.slice(offset, offset + length) !== after;
}

function over(moves: readonly ((offset: number) => number)[]): (offset: number) => number {
  return (offset) => moves.reduce((at, move) => move(at), offset);
}

/** Where an open item stands after an edit of its file. */
export function movedOpen({ transform, item }: Open, moved: (offset: number) => number): Open {
  return { transform, item: movedItem(item, moved) };
}

function movedItem(item: Unresolved, moved: (offset: number) => number): Unresolved {
  const offset = moved(item.offset);
  return { ...item, offset, length: Math.max(0, moved(item.offset + item.length) - offset) };
}
