import type { Occurrence, OccurrenceKind } from './occurrence.ts';

const patterns: readonly (readonly [OccurrenceKind, RegExp])[] = [
  [
    'css-import',
    /@(?:import|use|forward|config|plugin|reference)\s+(?:\([^)]*\)\s*)?(?:url\(\s*)?(["'])([^"'\n]+)\1/dg,
  ],
  ['css-import', /@import\s+url\(\s*()([^"'()\s]+)\s*\)/dg],
  ['css-composes', /(?:composes\s*:|@value\s)[^;{}]*?\sfrom\s+(["'])([^"'\n]+)\1/dg],
  ['css-url', /\burl\(\s*(["']?)([^"'()\n]+?)\1\s*\)/dg],
];

/** Every file that a style sheet names: `@import` and its kin in Sass, Less and Tailwind, `url()`, `composes … from`. Pure. */
export function readStyles(path: string, text: string): readonly Occurrence[] {
  const code = withoutComments(text, !path.endsWith('.css'));
  return firstOfEach(patterns.flatMap(([kind, pattern]) => matchesOf(kind, pattern, code)));
}

const attribute = /\b(?:src|href|poster)\s*=\s*(["'])([^"'\n]+)\1/dg;

/** Every file that markup names in `src` and `href`. Pure. */
export function readMarkup(text: string): readonly Occurrence[] {
  return matchesOf('asset', attribute, blanked(text, /<!--[\s\S]*?-->/g));
}

function matchesOf(kind: OccurrenceKind, pattern: RegExp, text: string): readonly Occurrence[] {
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[2] ?? '';
    return { kind, specifier, offset: match.indices?.[2]?.[0] ?? 0, length: specifier.length };
  });
}

function withoutComments(text: string, hasLineComments: boolean): string {
  const code = blanked(text, /\/\*[\s\S]*?\*\//g);
  return hasLineComments ? blanked(code, /(?<=^|[\s;{}])\/\/[^\n]*/g) : code;
}

/** The same text with blanks in place of what a pattern finds: offsets stay. */
export function blanked(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => found.replaceAll(/[^\n]/g, ' '));
}

/** `@import url("x")` is an import and a URL; the first says more. */
function firstOfEach(found: readonly Occurrence[]): readonly Occurrence[] {
  const seen = new Set<number>();
  return found.filter(({ offset }) => !seen.has(offset) && seen.add(offset));
}
