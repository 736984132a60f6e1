import type { TextEdit, Unresolved } from '../../../recipe.ts';
import { overSources } from '../over-sources.ts';

/** Packages in style sheets. */
export const styleSheets = overSources({
  id: 'style-sheets',
  why: '`~` before the name of a package is of webpack: Vite looks for names without it (Vite, Features, CSS).',
  files: /\.(css|s[ac]ss|less)$/,
  mentions: /~|import-normalize|url\(\s*["']?\/(?!\/)/,
  change({ path, text }, { fields }) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const spoken = commentsOf(text, path);
    const isSpoken = (at: number): boolean => spoken.some(([from, to]) => from <= at && at < to);
    for (const { index, 0: whole } of text.matchAll(/(?:@(?:import|use|forward)\b[^;{}]*?|url\(\s*)["']?~(?=[@\w])/g))
      if (!isSpoken(index)) edits.push({ offset: index + whole.length - 1, length: 1, text: '' });
    for (const { index, 0: whole } of text.matchAll(/@import-(?:normalize|sanitize)\b/g))
      if (!isSpoken(index))
        unresolved.push({
          offset: index,
          length: whole.length,
          message: `\`${whole}\` is of postcss-normalize, which react-scripts brings along.`,
          cure: 'Import normalize.css, or name postcss-normalize in a postcss.config beside it.',
        });
    for (const { index, 0: whole } of fields.homepage === undefined ? [] : text.matchAll(/url\(\s*["']?\/(?!\/)/g))
      if (!isSpoken(index))
        unresolved.push({
          offset: index,
          length: whole.length,
          message: 'react-scripts leaves this address as it is; Vite puts `base` before that of a file in public/.',
          cure: 'See which of both is meant where the application is served.',
          isAdvice: true,
        });
    return { edits, unresolved };
  },
});

/** Where comments stand; those of one line are Sass’s and Less’s. */
function commentsOf(text: string, path: string): readonly (readonly [number, number])[] {
  const pattern = path.endsWith('.css') ? /\/\*[\s\S]*?(?:\*\/|$)/g : /\/\*[\s\S]*?(?:\*\/|$)|(?<!:)\/\/[^\n]*/g;
  return [...text.matchAll(pattern)].map(({ index, 0: whole }) => [index, index + whole.length] as const);
}
