import type { RecipeContext, TreeEdit, TreeTransform, TreeView } from '../recipe.ts';
import { applyEdits } from './apply-edits.ts';
import { withLineEndsOf, withOneLineEnd } from './line-ends.ts';
import { isBroken, parsedFile, recipeFile } from './recipe-file.ts';
import type { Stage } from './stage.ts';

type Ready = { readonly edit: TreeEdit; lay(): Promise<void> };

/**
 * Runs a transform over a whole stage. All of its edits are made, or, where it throws, breaks the syntax of a file or
 * names one that is not there, none: then the answer is why. Else it is what the transform notes.
 */
export async function transformTree(
  transform: TreeTransform,
  stage: Stage,
  context: RecipeContext,
): Promise<{ readonly why: string } | { readonly notes: readonly string[] }> {
  try {
    const view: TreeView = {
      paths: stage.paths(),
      links: stage.links(),
      async read(path) {
        const text = await stage.text(path);
        return text === undefined ? undefined : recipeFile(path, text);
      },
      installed: (path) => stage.installed(path),
      published: (name, range) => stage.published(name, range),
    };
    const { edits, unresolved, notes = [] } = await transform.transform(view, context);
    const ready: Ready[] = [];
    for (const edit of edits) ready.push(await readied(edit, stage));
    for (const { lay } of ready) await lay();
    for (const { path, ...item } of unresolved) stage.leaveOpen(path, [{ transform: transform.id, item }]);
    return { notes };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** Everything that can go wrong goes wrong here, before the first edit is laid. */
async function readied(edit: TreeEdit, stage: Stage): Promise<Ready> {
  const { path } = edit;
  await stage.expectOpen(path);
  if (edit.kind === 'move') await stage.expectOpen(edit.to);
  const before = await stage.text(path);
  if (edit.kind === 'write') {
    const text = before === undefined ? withOneLineEnd(edit.text) : withLineEndsOf(before, edit.text);
    return { edit, lay: () => stage.put(path, text) };
  }
  if (before === undefined) throw new Error(`${path} is not there to ${edit.kind}.`);
  if (edit.kind === 'remove') return { edit, lay: () => stage.remove(path) };
  if (edit.kind === 'move') {
    if ((await stage.text(edit.to)) !== undefined) throw new Error(`${path} cannot go to ${edit.to}: that is there.`);
    return { edit, lay: () => stage.move(path, edit.to) };
  }
  const edits = edit.edits.map((one) => ({ ...one, text: withLineEndsOf(before, one.text) }));
  const edited = applyEdits(before, edits);
  if (edited.left > 0) throw new Error(`${edited.left} edits of ${path} overlap others.`);
  if (isBroken(await parsedFile(path, edited.text), recipeFile(path, before)))
    throw new Error(`${path} would no longer parse.`);
  return { edit, lay: () => stage.put(path, edited.text, edited.moved) };
}
