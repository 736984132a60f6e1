import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import ts from '../typescript.cts';
import { type ConstantPath, constantPaths } from './constant-paths.ts';

/** A place of a file where the names in a folder are listed: who renames a file there changes what it finds. */
export type FolderRead = {
  /** From the root of the tree; with `from: 'start'`, from the folder in which the program is started. */
  readonly folder: string;
  readonly from: 'tree' | 'start';
  /** Folders within are listed too. */
  readonly isDeep: boolean;
  readonly offset: number;
  readonly length: number;
};

const readers = new Set(['readdir', 'readdirSync', 'opendir', 'opendirSync']);
const globs = new Set(['glob', 'globSync', 'globIterate', 'globby', 'globbySync', 'fg', 'fastGlob', 'fast_glob']);
const globMembers = new Set(['sync', 'async', 'stream', 'iterate', 'glob', 'globSync', 'globby', 'globbySync']);

/** False for a text that lists no folder, which need not be parsed for it. Pure. */
export function mayList(text: string): boolean {
  return /readdir|opendir|glob|\bfg\b/i.test(text);
}

/**
 * The folders that a file lists by `readdir`, `opendir` or a glob, as far as their paths are written out: from `__dirname`,
 * `import.meta`, `new URL(…, import.meta.url)` or the folder of the start, by names, parameters, `join` and sums. Pure.
 */
export function foldersRead(path: string, source: TypeScript.SourceFile): readonly FolderRead[] {
  const found = new Map<string, FolderRead>();
  const pathsOf = constantPaths(path, source);
  for (const node of nodesBelow(source)) {
    if (!ts.isCallExpression(node)) continue;
    const place = { offset: node.getStart(source), length: node.end - node.getStart(source) };
    for (const one of listedBy(node, pathsOf)) {
      const key = `${place.offset} ${one.from} ${one.folder}`;
      found.set(key, { ...one, ...place, isDeep: one.isDeep || found.get(key)?.isDeep === true });
    }
  }
  return [...found.values()];
}

/** True where a path stands in the folder that is listed; `start` is where the program is taken to be started. Pure. */
export function isListed(path: string, { folder, from, isDeep }: FolderRead, start: string): boolean {
  const listed = from === 'tree' ? folder : joined(start, folder);
  return folderPath(path) === listed || (isDeep && (listed === '.' || path.startsWith(`${listed}/`)));
}

type Listed = Pick<FolderRead, 'folder' | 'from' | 'isDeep'>;
type PathsOf = ReturnType<typeof constantPaths>;

function listedBy(call: TypeScript.CallExpression, pathsOf: PathsOf): readonly Listed[] {
  const [first] = call.arguments;
  const name = calledName(call.expression) ?? '';
  if (first === undefined) return [];
  if (readers.has(name)) {
    const isRecursive = optionOf(call, 'recursive')?.kind === ts.SyntaxKind.TrueKeyword;
    return pathsOf(first).flatMap((one) => readAt(one, isRecursive));
  }
  if (!isGlob(call.expression)) return [];
  const patterns = ts.isArrayLiteralExpression(first) ? first.elements : [first];
  const cwd = optionOf(call, 'cwd');
  const bases = cwd === undefined ? undefined : pathsOf(cwd).filter(({ isOpen }) => !isOpen);
  return patterns.flatMap((one) => pathsOf(one)).flatMap((one) => globbed(one, bases));
}

/** What is open behind the last `/` is a name within the folder: it, or one below it, is listed. */
function readAt({ from, text, isOpen }: ConstantPath, isRecursive: boolean): readonly Listed[] {
  if (isAbsolute(text)) return [];
  return [{ from, folder: joined('.', text), isDeep: isOpen || isRecursive }];
}

/** The folder before the first part that is a pattern, where that may name a file. */
function globbed({ from, text, isOpen }: ConstantPath, bases: readonly ConstantPath[] | undefined): readonly Listed[] {
  if (isAbsolute(text) || text.startsWith('!')) return [];
  const parts = text.split('/');
  const at = parts.findIndex((part) => /[*?[{(!]/.test(part));
  if (at === -1 && !isOpen) return [];
  const folder = joined('.', parts.slice(0, at === -1 ? undefined : at).join('/'));
  const isDeep = isOpen || at !== parts.length - 1;
  if (from === 'tree' || bases === undefined) return [{ from, folder, isDeep }];
  return bases
    .filter((base) => !isAbsolute(base.text))
    .map((base) => ({ from: base.from, folder: joined(base.text, folder), isDeep }));
}

function isAbsolute(text: string): boolean {
  return text.startsWith('/') || /^[A-Za-z]:/.test(text);
}

function calledName(callee: TypeScript.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

function isGlob(callee: TypeScript.Expression): boolean {
  if (ts.isIdentifier(callee)) return globs.has(callee.text);
  if (!ts.isPropertyAccessExpression(callee)) return isRequiredGlob(callee);
  const { expression: on, name } = callee;
  if (!globMembers.has(name.text)) return false;
  return (
    isRequiredGlob(on) ||
    (globs.has(name.text) && !ts.isMetaProperty(on)) ||
    (ts.isIdentifier(on) && globs.has(on.text))
  );
}

/** `require('glob')`, called where it stands. */
function isRequiredGlob(node: TypeScript.Expression): boolean {
  const [given] = ts.isCallExpression(node) ? node.arguments : [];
  return (
    given !== undefined && ts.isStringLiteralLike(given) && /^(glob|globby|fast-glob|tinyglobby)$/.test(given.text)
  );
}

function optionOf(call: TypeScript.CallExpression, name: string): TypeScript.Expression | undefined {
  const [, options] = call.arguments;
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const one of options.properties) {
    if (ts.isPropertyAssignment(one) && one.name.getText() === name) return one.initializer;
    if (ts.isShorthandPropertyAssignment(one) && one.name.text === name) return one.name;
  }
  return undefined;
}
