import type { Occurrence } from './occurrence.ts';

const importCall = /import\s*\(\s*(["'`])([^"'`\n]+)\1\s*\)/dg;
const importTag = /@import\s[^@]*?\bfrom\s*(["'])([^"'\n]+)\1/dg;
const reference = /^\/\/\/\s*<reference\s+path\s*=\s*(["'])([^"'\n]+)\1/d;

/** `import("…")` and `@import … from "…"` in a doc comment. */
export function commentOccurrences(text: string, start: number, end: number): readonly Occurrence[] {
  const comment = text.slice(start, end);
  if (!comment.includes('import')) return [];
  return [importCall, importTag].flatMap((pattern) =>
    [...comment.matchAll(pattern)].map((match) => ({
      kind: 'jsdoc' as const,
      specifier: match[2] ?? '',
      offset: start + (match.indices?.[2]?.[0] ?? 0),
      length: (match[2] ?? '').length,
    })),
  );
}

/** The triple-slash references at the head of a file; behind the first statement they are plain comments. */
export function referenceOccurrences(text: string): readonly Occurrence[] {
  if (!text.includes('<reference')) return [];
  const found: Occurrence[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (const line of text.slice(at).split('\n')) {
    const match = reference.exec(line);
    const specifier = match?.[2];
    if (specifier !== undefined)
      found.push({
        kind: 'reference',
        specifier,
        offset: at + (match?.indices?.[2]?.[0] ?? 0),
        length: specifier.length,
      });
    else if (!/^\s*($|\/\/|#!|\/?\*)/.test(line)) break;
    at += line.length + 1;
  }
  return found;
}
