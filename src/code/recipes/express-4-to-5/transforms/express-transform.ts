import type { FileTransform, RecipeContext, RecipeFile, TextEdit, Unresolved } from '../../../recipe.ts';
import { sourceFiles } from '../../../recipe.ts';
import { type Style, styleOf } from '../editing/style.ts';
import { type ExpressSource, expressSource } from '../reading/express-source.ts';

/** What a transform sees of a file, and where it puts what it finds. */
export type Findings = {
  readonly source: ExpressSource;
  readonly file: RecipeFile;
  readonly context: RecipeContext;
  readonly style: Style;
  edit(...edits: readonly (TextEdit | undefined)[]): void;
  leave(item: Unresolved): void;
};

/** A file transform that looks only at files in which something may be Express's. */
export function expressTransform(
  about: Pick<FileTransform, 'id' | 'why' | 'mentions'>,
  look: (findings: Findings) => void,
): FileTransform {
  return {
    kind: 'file',
    ...about,
    files: sourceFiles,
    transform(file, context) {
      const source = expressSource(file, context);
      const edits: TextEdit[] = [];
      const unresolved: Unresolved[] = [];
      if (source === undefined) return { edits, unresolved };
      look({
        source,
        file,
        context,
        style: styleOf(file.text),
        edit: (...more) => edits.push(...more.filter((edit) => edit !== undefined)),
        leave: (item) => unresolved.push(item),
      });
      return { edits, unresolved };
    },
  };
}
