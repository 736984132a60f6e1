import type { Unknown } from '../snapshot.ts';
import { readText } from '../text/read-text.ts';
import ts from '../typescript.cts';
import type { Escape } from './measurement.ts';
import { pythonEscapesOf, suspiciousPython } from './python-escapes.ts';
import { testEscape } from './test-escapes.ts';

const charactersMax = 1_048_576;
const source = /\.([cm]?[jt]s|[jt]sx|vue|svelte|pyi?)$/;
const python = /\.pyi?$/;
const foreign = /\.min\.[cm]?js$/;
/** A file without any of these words needs no parser. */
const suspicious =
  /\b(any|declare|skip\w*|only|todo|xit|xtest|xdescribe|xcontext|xspecify|fit|fdescribe)\b|@ts-|lint|biome-ignore/;

/** True for a file that is written by hand, by its name. */
export function isSource(path: string): boolean {
  return source.test(path) && !foreign.test(path);
}

/** Words of comments that silence something. */
const silencing = /@ts-|lint|biome-ignore/;

/** Escapes in the source files of a tree, by file and place, found in the syntax and not as words in text. */
export async function escapesIn(
  root: string,
  sources: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly escapes: readonly Escape[]; readonly unknown: readonly Unknown[] }> {
  const escapes: Escape[] = [];
  const unknown: Unknown[] = [];
  for (const file of sources) {
    signal.throwIfAborted();
    const answer = await readText(root, file);
    if (answer.kind === 'unreadable') unknown.push({ what: `escapes in ${file}`, why: answer.why });
    else if (answer.text.length > charactersMax)
      unknown.push({
        what: `escapes in ${file}`,
        why: `A file of more than ${charactersMax} characters is not looked into.`,
      });
    else if ((python.test(file) ? suspiciousPython : suspicious).test(answer.text))
      escapes.push(...escapesOf(file, answer.text));
  }
  return { escapes, unknown };
}

/** Escapes in one source file: TypeScript, JavaScript, Python, or the scripts of a Vue or Svelte component. */
export function escapesOf(file: string, text: string): readonly Escape[] {
  if (python.test(file)) return pythonEscapesOf(file, text);
  const lines = text.split('\n');
  return scriptsIn(file, text).flatMap(({ code, kind }) => {
    const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, kind);
    return foundIn(tree, file).map(({ kind: escapeKind, at }): Escape => {
      const { line, character } = tree.getLineAndCharacterOfPosition(at);
      return {
        kind: escapeKind,
        file,
        line: line + 1,
        column: character + 1,
        text: (lines[line] ?? '').trim().slice(0, 300),
      };
    });
  });
}

/** Everything of a component but its scripts is made blank, so that places stay the same. */
function scriptsIn(file: string, text: string): readonly { readonly code: string; readonly kind: ts.ScriptKind }[] {
  if (!/\.(vue|svelte)$/.test(file)) return [{ code: text, kind: kindOf(file) }];
  return [...text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)].map(({ index, 1: tag = '', 2: code = '' }) => {
    const from = index + tag.length;
    const blank = (part: string): string => part.replaceAll(/[^\n]/g, ' ');
    const kind = /\blang=["']tsx?["']/.test(tag) ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
    return { code: blank(text.slice(0, from)) + code, kind };
  });
}

function kindOf(file: string): ts.ScriptKind {
  if (/\.tsx$/.test(file)) return ts.ScriptKind.TSX;
  return /ts$/.test(file) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}

type Found = { readonly kind: Escape['kind']; readonly at: number };

function foundIn(tree: ts.SourceFile, file: string): readonly Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const test = ts.isCallExpression(node) ? testEscape(node, file) : undefined;
    const isAny = node.kind === ts.SyntaxKind.AnyKeyword || isShorthandModule(node);
    const kind = isAny ? 'any' : test;
    if (kind !== undefined) found.push({ kind, at: node.getStart(tree) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const inComments = silencing.test(tree.text) ? commentsIn(tree) : [];
  return [...found, ...inComments].sort((one, other) => one.at - other.at);
}

/** Comments stand around tokens, which are found only by walking all of them. */
function commentsIn(tree: ts.SourceFile): readonly Found[] {
  const found = new Map<number, Escape['kind']>();
  const add = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) {
      const kind = commentEscape(tree.text.slice(pos, end));
      if (kind !== undefined) found.set(pos, kind);
    }
  };
  const visit = (node: ts.Node): void => {
    // The text of JSX has no comments, only what looks like them.
    if (node.getChildCount(tree) === 0 && !ts.isJsxText(node)) {
      add(ts.getLeadingCommentRanges(tree.text, node.pos));
      if (!isBeforeJsxText(node)) add(ts.getTrailingCommentRanges(tree.text, node.end));
    }
    for (const child of node.getChildren(tree)) if (!ts.isJSDoc(child)) visit(child);
  };
  visit(tree);
  return [...found].map(([at, kind]) => ({ kind, at }));
}

/** `declare module 'x';` makes everything of a package `any`. */
function isShorthandModule(node: ts.Node): boolean {
  return ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name) && node.body === undefined;
}

/** What follows the `>` of a tag or the `}` of an expression in JSX is text. */
function isBeforeJsxText({ kind, parent }: ts.Node): boolean {
  if (kind === ts.SyntaxKind.GreaterThanToken)
    return (
      ts.isJsxOpeningElement(parent) ||
      ts.isJsxClosingElement(parent) ||
      ts.isJsxOpeningFragment(parent) ||
      ts.isJsxClosingFragment(parent) ||
      ts.isJsxSelfClosingElement(parent)
    );
  return kind === ts.SyntaxKind.CloseBraceToken && ts.isJsxExpression(parent);
}

const comments: readonly (readonly [Escape['kind'], RegExp])[] = [
  // The patterns of the compiler's own scanner: the last line of a comment counts.
  ['ts-expect-error', /^\/\/\/?\s*@ts-expect-error|^\s*\/*\**\s*@ts-expect-error[^\n]*$/],
  ['ts-ignore', /^\/\/\/?\s*@ts-ignore|^\s*\/*\**\s*@ts-ignore[^\n]*$/],
  ['ts-nocheck', /^\/\/\/?\s*@ts-nocheck|^\/\*+\s*@ts-nocheck/],
  [
    'lint-disable',
    /^\/[/*]+\s*(eslint-disable|oxlint-disable|biome-ignore|tslint:disable|eslint\s+[\w@/"'-]+\s*:\s*["']?(off|0)\b)/,
  ],
];

function commentEscape(comment: string): Escape['kind'] | undefined {
  const last = comment.slice(comment.lastIndexOf('\n') + 1);
  return comments.find(([kind, pattern]) =>
    pattern.test(kind.startsWith('ts-') && kind !== 'ts-nocheck' ? last : comment),
  )?.[0];
}
