import type { FileTransform, RecipeContext, RecipeFile, TextEdit, Unresolved } from '../recipe.ts';
import { applyEdits } from './apply-edits.ts';
import { withLineEndsOf } from './line-ends.ts';
import { isBroken, parsedFile } from './recipe-file.ts';

/** What a transform left open, where it stands in the text afterwards. */
export type Open = { readonly transform: string; readonly item: Unresolved };

/** A file after its transforms, or the transform that failed and why. */
export type FileOutcome =
  | {
      readonly kind: 'done';
      readonly text: string;
      readonly open: readonly Open[];
      /** Where an offset of the text before stands afterwards. */
      moved(offset: number): number;
    }
  | { readonly kind: 'failed'; readonly transform: string; readonly why: string };

/** Nested matches need one round each; a transform that goes on longer feeds on its own output. */
const roundsMax = 20;

/**
 * Runs transforms one after the other on a text (without byte order mark). A transform that throws, does not settle, or
 * breaks the syntax of a text that parsed fails the file as a whole. Looks neither at `files` nor at the world.
 */
export async function transformFile(
  path: string,
  text: string,
  { transforms, context }: { readonly transforms: readonly FileTransform[]; readonly context: RecipeContext },
): Promise<FileOutcome> {
  const before = await parsedFile(path, text);
  let file = before;
  let open: readonly Open[] = [];
  const moves: ((offset: number) => number)[] = [];
  let isJudged = true;
  for (const transform of transforms) {
    if (!isMentioned(transform, file.text)) continue;
    try {
      const next = await settle(transform, file, context);
      const found = next.open.map((item) => ({ transform: transform.id, item }));
      open = [...open.map((one) => movedOpen(one, next.moved)), ...found];
      if (transform.isBeyondGrammar === true && next.file !== file) isJudged = false;
      file = next.file;
      moves.push(next.moved);
    } catch (error) {
      return { kind: 'failed', transform: transform.id, why: error instanceof Error ? error.message : String(error) };
    }
  }
  if (isJudged && file !== before && isBroken(file, before)) {
    const transform = transforms.map(({ id }) => id).join(', ');
    return { kind: 'failed', transform, why: 'What it made of the file does not parse.' };
  }
  return { kind: 'done', text: file.text, open, moved: over(moves) };
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
