import type { Finding } from '#core/finding';
import { placeAt } from '../place.ts';
import { literalPattern } from '../search-text.ts';
import ts from '../typescript.cts';
import { nameStart, nodesNamed } from './nodes-named.ts';
import type { RenameStudy } from './study-rename.ts';

/** Longer texts are data. */
const charactersMax = 1_000_000;
const lockFile = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
const script = /\.([cm]?[jt]s|[jt]sx)$/;
const component = /\.(vue|svelte|astro)$/;

/**
 * What only looks like a renamed symbol: strings, templates and comments of code, and words of all other files. They are named,
 * and nobody touches them. A component that reaches an edited file is an error, since no compiler looks into it here. Pure.
 */
export function renameMentionFinder(study: RenameStudy): (path: string, text: string) => readonly Finding[] {
  const names = study.renamed.map(({ wish }) => wish);
  const reaching = new Set(
    study.edges
      .filter(({ from, reach }) => component.test(from) && reach !== undefined && study.edits.has(reach.target))
      .map(({ from }) => from),
  );
  return (path, text) => {
    if (text.length > charactersMax || lockFile.test(path)) return [];
    return names.flatMap(({ from, to }) => {
      if (!text.includes(from)) return [];
      const settled = script.test(path) ? identifiersOf(path, text, from) : new Set<number>();
      for (const { offset, length } of study.edits.get(path)?.edits ?? [])
        for (let at = offset; at < offset + length; at += 1) settled.add(at);
      const word = new RegExp(`(?<![\\w$#])${literalPattern(from)}(?![\\w$])`, 'g');
      return [...text.matchAll(word)]
        .filter(({ index }) => !settled.has(index))
        .map(({ index }) => {
          const isCode = reaching.has(path);
          const { line, column } = placeAt(path, text, { offset: index, length: from.length });
          return {
            rule: isCode ? 'rename/component' : 'rename/mention',
            severity: isCode ? ('error' as const) : ('advice' as const),
            message: isCode
              ? `${from} stands in a component, into which the compiler does not look; the file that it imports says ${to} now.`
              : `${from} looks like what is named ${to} now; it is left as it is.`,
            cure: 'Where that symbol is meant, change it by hand.',
            object: from,
            file: path,
            line,
            column,
          };
        });
    });
  };
}

/** Names in code mean what they mean: the compiler has looked at each. */
function identifiersOf(path: string, text: string, name: string): Set<number> {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = nodesNamed(file, new Set([name])).filter((node) => !ts.isStringLiteralLike(node));
  return new Set(nodes.map((node) => nameStart(node, file)));
}
