import { type ConstantPath, constantPaths } from '../../../graph/constant-paths.ts';
import type { Edge } from '../../../graph/module-graph.ts';
import type { TreeIndex } from '../../../graph/tree-index.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';

/**
 * What is done with a script that a path names: `started`, a thread or a process that knows no loader but its own; `forked`,
 * a process that gets the loader of its parent; `read`, loaded or looked at where the loader is; `unknown`, anything else.
 */
export type UseKind = 'started' | 'forked' | 'read' | 'unknown';

/** A place that names files by a path that is put together, or hands them to a thread or a process. */
export type FileUse = {
  readonly from: string;
  readonly offset: number;
  readonly length: number;
  readonly kind: UseKind;
  /** The script; or the folder in which a name that is only known at run time is looked for. */
  readonly target: { readonly file: string } | { readonly folder: string };
  /** True where the name stands in a specifier that is written anew, or is that of the file itself. */
  readonly follows: boolean;
};

type Reading = {
  readonly path: string;
  readonly source: ts.SourceFile;
  /** Specifiers of the file that reach one of the tree. */
  readonly edges: readonly Edge[];
  readonly index: TreeIndex;
  /** Folders in which the program may be started. */
  readonly starts: readonly string[];
  readonly pathsOf: (node: ts.Expression) => readonly ConstantPath[];
};

type Call = ts.CallExpression | ts.NewExpression;

/** Paths to scripts of the tree that a file spells, and what it does with them. Pure. */
export function fileUses(
  path: string,
  source: ts.SourceFile,
  world: Pick<Reading, 'edges' | 'index' | 'starts'>,
): readonly FileUse[] {
  const reading = { ...world, path, source, pathsOf: constantPaths(path, source) };
  const found: FileUse[] = [];
  const visit = (node: ts.Node): void => {
    if (isCall(node)) found.push(...usesIn(node, reading));
    const own = isPath(node) ? spelledBy(node, reading) : [];
    found.push(...own);
    if (own.length === 0) ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

/** What a call does with the files that its arguments name. */
function usesIn(call: Call, reading: Reading): readonly FileUse[] {
  const kind = kindOf(call);
  if (kind === undefined) return [];
  const found: FileUse[] = [];
  const visit = (node: ts.Node): void => {
    const files = ts.isExpression(node) ? filesOf(node, reading) : [];
    for (const { file, follows } of files)
      found.push({ ...placeOf(call, reading), kind, target: { file }, follows: follows || file === reading.path });
    if (files.length === 0 && !ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  for (const argument of call.arguments ?? []) visit(argument);
  return found;
}

const starters =
  /^(Worker|spawn|spawnSync|execSync|execFile|execFileSync|execa|execaSync|execaNode|execaCommand|setupPrimary|setupMaster|Piscina|Tinypool|pool|transport|register)$/;
const readers =
  /^(import|require|(read|write|stat|lstat|access|exists|copy|cp|open|watch|append|unlink|rm)\w*|create(Read|Write)Stream)$/;

function kindOf(call: Call): Exclude<UseKind, 'unknown'> | undefined {
  const { expression } = call;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  if (name === 'fork') return isPlainFork(call) ? 'forked' : 'started';
  const on = ts.isPropertyAccessExpression(expression) ? expression.expression.getText() : '';
  // Regular expressions have an `exec` too.
  const isStart = name === 'exec' ? /^(|child_process|childProcess|cp|shell|shelljs)$/.test(on) : starters.test(name);
  if (!isStart) return readers.test(name) ? 'read' : undefined;
  // What a thread is told of loaders says nothing to Node 20.
  return name !== 'Worker' && /\bprocess\.execArgv\b|\btsx\b/.test(call.getText()) ? 'forked' : 'started';
}

/** `fork` hands on what Node was started with, unless it is told otherwise; tsx is found from the folder of the start. */
function isPlainFork({ arguments: args }: Call): boolean {
  const [, second, third] = args ?? [];
  const options = third ?? (second === undefined || ts.isArrayLiteralExpression(second) ? undefined : second);
  if (options === undefined) return true;
  return (
    ts.isObjectLiteralExpression(options) &&
    options.properties.every(({ name }) => name !== undefined && !/^(execArgv|execPath|cwd)$/.test(name.getText()))
  );
}

type Named = { readonly file: string; readonly follows: boolean };

/** Scripts of the tree that an expression names, also as a word of a command. */
function filesOf(node: ts.Expression, reading: Reading): readonly Named[] {
  const { edges, index, starts, source, pathsOf } = reading;
  if (ts.isStringLiteralLike(node) || isCall(node)) {
    const within = edges.filter(({ offset }) => offset > node.getStart(source) && offset < node.end);
    if (within.length > 0) return within.flatMap(({ reach }) => scriptAt(reach?.target, index, true));
  }
  if (ts.isStringLiteralLike(node))
    return node.text.split(/\s+/).flatMap((word) => starts.flatMap((start) => scriptAt(joined(start, word), index)));
  return pathsOf(node).flatMap(({ from, text, isOpen }) => {
    if (isOpen) return [];
    if (from === 'start') return starts.flatMap((start) => scriptAt(joined(start, text), index));
    // A name holds the URL that is written anew; what is put together otherwise is found where it is.
    return scriptAt(text, index).map(({ file }) => ({
      file,
      follows: edges.some(({ kind, reach }) => kind === 'url' && reach?.target === file),
    }));
  });
}

/** Node starts a file without its ending, and the index of a folder. */
function scriptAt(path: string | undefined, index: TreeIndex, follows = false): readonly Named[] {
  if (path === undefined) return [];
  const file = ['', '.js', '.mjs', '/index.js'].map((end) => `${path}${end}`).find((one) => index.has(one));
  return file !== undefined && /\.([cm]?js|jsx)$/.test(file) ? [{ file, follows }] : [];
}

function isPath(node: ts.Node): node is ts.Expression {
  if (ts.isTemplateExpression(node) || ts.isNewExpression(node)) return true;
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (!ts.isCallExpression(node)) return false;
  return /(^|\.)(join|resolve)$/.test(node.expression.getText());
}

/** The files, or the folder of files, that a path names which is put together here. */
function spelledBy(node: ts.Expression, reading: Reading): readonly FileUse[] {
  const { edges, index, starts, source, pathsOf, path } = reading;
  const place = { ...placeOf(node, reading), kind: 'unknown' as const };
  return pathsOf(node).flatMap(({ from, text, isOpen }): readonly FileUse[] => {
    if (isOpen) {
      if (from !== 'tree' || !/\.(m?js|jsx)['"`]/.test(node.getText(source))) return [];
      const bare = joined('.', text);
      const folder = index.hasFolder(bare) ? bare : folderPath(bare);
      return [{ ...place, target: { folder }, follows: false }];
    }
    const files = (from === 'tree' ? ['.'] : starts).flatMap((start) => scriptAt(joined(start, text), index));
    return files
      .filter(({ file }) => file !== path)
      .map(({ file }) => ({ ...place, target: { file }, follows: edges.some((edge) => leadsTo(edge, file, node)) }));
  });
}

function leadsTo({ offset, reach }: Edge, file: string, node: ts.Node): boolean {
  return reach?.target === file && offset > node.pos && offset < node.end;
}

function placeOf(node: ts.Node, { path, source }: Reading): Pick<FileUse, 'from' | 'offset' | 'length'> {
  const offset = node.getStart(source);
  return { from: path, offset, length: node.end - offset };
}
