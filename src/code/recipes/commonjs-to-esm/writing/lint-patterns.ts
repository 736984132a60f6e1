import picomatch from 'picomatch';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { Open } from '../deciding/world.ts';

/** What becomes of a configuration of ESLint. */
export type LintEdits = { readonly edits: readonly TextEdit[]; readonly open: readonly Omit<Open, 'path'>[] };

/** What a configuration of ESLint has to know of the tree as it is to be. */
export type LintFacts = {
  /** Files, from the folder of the configuration, that end with .cjs then and did not. */
  readonly renamed: readonly string[];
  /** The newest version of the language that ESLint knows. */
  readonly ecmaVersion: number;
};

/** Beside each pattern that takes a file in which ends with .cjs now, one for these. Pure. */
export function twinsIn(files: ts.Expression, { renamed }: LintFacts): readonly TextEdit[] {
  const isList = ts.isArrayLiteralExpression(files);
  return (isList ? [...files.elements] : [files]).flatMap((one): readonly TextEdit[] => {
    if (!ts.isStringLiteralLike(one) || !one.text.endsWith('.js')) return [];
    const takes = picomatch(one.text.replace(/^\.\//, ''), { dot: true, basename: !one.text.includes('/') });
    if (!renamed.some((path) => takes(path))) return [];
    const twin = one.getText().replace(/\.js(.)$/, '.cjs$1');
    if (isList && files.getText().includes(twin)) return [];
    return isList
      ? [{ offset: one.end, length: 0, text: `, ${twin}` }]
      : [{ offset: one.getStart(), length: one.end - one.getStart(), text: `[${one.getText()}, ${twin}]` }];
  });
}
