import { applyEdits } from '../../../engine/apply-edits.ts';
import { withLineEndsOf } from '../../../engine/line-ends.ts';
import type { TextEdit, TreeEdit, TreeTransformed, TreeUnresolved, TreeView, Unresolved } from '../../../recipe.ts';
import { type MochaFile, mochaFile } from '../reading/mocha-file.ts';
import { mochaPackages } from '../reading/mocha-package.ts';

/** What becomes of one file. */
export type FileWork = { readonly edits: readonly TextEdit[]; readonly unresolved: readonly Unresolved[] };

/** Calls a function for every source that names globals of Mocha, in packages whose interface is known. */
export async function overMochaFiles(tree: TreeView, work: (file: MochaFile) => FileWork): Promise<TreeTransformed> {
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  for (const { files, ui } of await mochaPackages(tree)) {
    if (ui === 'other') continue;
    for (const path of files) {
      if (!/\.[cm]?[jt]sx?$/.test(path) || path.endsWith('.d.ts')) continue;
      const read = await tree.read(path);
      const file = read === undefined ? undefined : mochaFile(read, ui);
      if (file === undefined) continue;
      const done = work(file);
      const asWritten = done.edits.map((edit) => ({ ...edit, text: withLineEndsOf(file.text, edit.text) }));
      const { moved } = applyEdits(file.text, asWritten);
      if (done.edits.length > 0) edits.push({ kind: 'edit', path, edits: done.edits });
      unresolved.push(...done.unresolved.map((one) => ({ ...one, path, offset: moved(one.offset) })));
    }
  }
  return { edits, unresolved };
}
