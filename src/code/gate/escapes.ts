import ts from 'typescript';
import { readText } from '../read-text.ts';
import type { Unknown } from '../snapshot.ts';
import type { Escape } from './measurement.ts';

const bytesMax = 1_048_576;
const source = /\.([cm]?[jt]s|[jt]sx|vue|svelte)$/;
const declared = /\.d\.[cm]?ts$/;
/** A file without any of these words needs no parser. */
const suspicious =
  /\bany\b|@ts-|eslint|oxlint|biome-ignore|tslint|\.(skip|only|todo)|\b(skip|only|todo)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\b/;

/** Escapes in the sources of a tree, by file and place, found in the syntax and not as words in text. */
export async function escapesIn(
  root: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly escapes: readonly Escape[]; readonly unknown: readonly Unknown[] }> {
  const escapes: Escape[] = [];
  const unknown: Unknown[] = [];
  for (const file of files.filter((path) => source.test(path) && !declared.test(path))) {
    signal.throwIfAborted();
    const answer = await readText(root, file);
    if (answer.kind === 'unreadable') unknown.push({ what: `escapes in ${file}`, why: answer.why });
    else if (answer.text.length > bytesMax)
      unknown.push({
        what: `escapes in ${file}`,
        why: `A file of more than ${bytesMax} characters is not looked into.`,
      });
    else if (suspicious.test(answer.text)) escapes.push(...escapesOf(file, answer.text));
  }
  return { escapes, unknown };
}

/** Escapes in one source file. */
export function escapesOf(file: string, text: string): readonly Escape[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: { readonly kind: Escape['kind']; readonly at: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push({ kind: 'any', at: node.getStart(tree) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text.split('\n');
  return found.map(({ kind, at }) => {
    const { line, character } = tree.getLineAndCharacterOfPosition(at);
    return { kind, file, line: line + 1, column: character + 1, text: (lines[line] ?? '').trim().slice(0, 300) };
  });
}
