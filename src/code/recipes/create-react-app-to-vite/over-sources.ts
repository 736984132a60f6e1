import { applyEdits } from '../../engine/apply-edits.ts';
import { withLineEndsOf } from '../../engine/line-ends.ts';
import type { RecipeFile, TextEdit, TreeEdit, TreeTransform, TreeUnresolved, Unresolved } from '../../recipe.ts';
import { type CraApplication, craApplications } from './reading/cra-application.ts';

/** What is to become of one file; edits do not overlap, and places are in its text as it is. */
export type SourceChange = { readonly edits: readonly TextEdit[]; readonly unresolved: readonly Unresolved[] };

type SourceTransform = Pick<TreeTransform, 'id' | 'why'> & {
  /** Which sources of an application are looked at. */
  readonly files: RegExp;
  /** Only texts in which this is found are looked at. */
  readonly mentions: RegExp;
  change(file: RecipeFile, application: CraApplication): SourceChange;
};

/** A transform of each source of the applications of a tree, and of nothing else in it. */
export function overSources({ id, why, files, mentions, change }: SourceTransform): TreeTransform {
  return {
    kind: 'tree',
    id,
    why,
    async transform(tree) {
      const edits: TreeEdit[] = [];
      const unresolved: TreeUnresolved[] = [];
      for (const application of await craApplications(tree))
        for (const path of application.sources.filter((one) => files.test(one))) {
          const file = await tree.read(path);
          if (file === undefined || !mentions.test(file.text)) continue;
          const made = change(file, application);
          if (made.edits.length > 0) edits.push({ kind: 'edit', path, edits: made.edits });
          const laid = made.edits.map((edit) => ({ ...edit, text: withLineEndsOf(file.text, edit.text) }));
          const { moved } = applyEdits(file.text, laid);
          unresolved.push(
            ...made.unresolved.map((one) => ({
              ...one,
              path,
              offset: moved(one.offset),
              length: Math.max(0, moved(one.offset + one.length) - moved(one.offset)),
            })),
          );
        }
      return { edits, unresolved };
    },
  };
}
