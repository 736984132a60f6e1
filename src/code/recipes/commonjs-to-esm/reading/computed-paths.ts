import type * as TypeScript from 'typescript';
import { type ConstantPath, constantPaths } from '../../../graph/constant-paths.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import { type CommonModule, walk } from './common-module.ts';

/** A path from the root of the tree; one that is open is known by what it begins and ends with. */
export type PathShape = Pick<ConstantPath, 'text' | 'isOpen' | 'end'>;

/** An expression of a file that puts a path together. */
export type ComputedPath = {
  readonly node: TypeScript.Expression;
  /** The `require` that loads it. */
  readonly loader: TypeScript.Identifier | undefined;
  readonly shapes: readonly PathShape[];
  /** False where it may be another path too. */
  readonly isKnown: boolean;
  /** Its last text, where that is written out in the expression. */
  readonly last: TypeScript.Node | undefined;
};

const known = new WeakMap<CommonModule, readonly ComputedPath[]>();

/**
 * What a file makes of `__dirname`, and of the folder in which a program is started, taken to be that of the package; and all that
 * it requires by more than a text. Pure.
 */
export function computedPaths(module: CommonModule, home: string): readonly ComputedPath[] {
  const found = known.get(module) ?? readPaths(module, home);
  known.set(module, found);
  return found;
}

/** True for a path of a file, with or without the ending that `require` adds. Pure. */
export function mayBe({ text, isOpen, end }: PathShape, path: string): boolean {
  const names = [path, path.replace(/\.js$/, ''), path.replace(/(^|\/)index\.js$/, '')];
  if (!isOpen) return names.includes(text);
  return names.some((one) => one.startsWith(text) && one.endsWith(end) && one.length >= text.length + end.length);
}

function readPaths(module: CommonModule, home: string): readonly ComputedPath[] {
  const { path, source, otherRequires } = module;
  const pathsOf = constantPaths(path, source, { names: 'settled' });
  const found: ComputedPath[] = [];
  const loaders = new Map<TypeScript.Node, TypeScript.Identifier>(
    otherRequires.flatMap(({ node, argument }) => (argument === undefined ? [] : [[argument, node] as const])),
  );
  walk(source, (node) => {
    if (!ts.isExpression(node)) return;
    const loader = loaders.get(node);
    if (loader === undefined && !isPut(node)) return;
    const paths = pathsOf(node);
    const isCalled = isPut(node, 'called');
    const folder = loader !== undefined && !isCalled ? folderPath(path) : undefined;
    const shapes = paths
      .filter(({ from }) => from === 'tree' || isCalled || loader !== undefined)
      .flatMap((one) => shapeOf(one, { folder, home }));
    const isKnown = shapes.length > 0 && paths.every(({ from, text }) => from === 'tree' || /^\.\.?\//.test(text));
    if (shapes.length > 0 || loader !== undefined) found.push({ node, loader, shapes, isKnown, last: lastText(node) });
  });
  return found;
}

/** A sum, a template, or a call of `join` or `resolve`. */
function isPut(node: TypeScript.Node, how: 'anyhow' | 'called' = 'anyhow'): boolean {
  if (ts.isCallExpression(node))
    return /^(?!require\.|Promise\.)(.*\.)?(join|resolve)$/s.test(node.expression.getText());
  if (how === 'called') return false;
  return (
    ts.isTemplateExpression(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
}

type Bases = {
  /** The folder from which `require` takes what begins with a dot. */
  readonly folder: string | undefined;
  readonly home: string;
};

function shapeOf({ from, text, isOpen, end }: ConstantPath, { folder, home }: Bases): readonly PathShape[] {
  if (text.startsWith('/')) return [];
  const isOfFile = folder !== undefined && /^\.\.?(\/|$)/.test(text);
  if (from === 'start' && !isOfFile && isOpen && /^\.?\/?$/.test(text) && end === '') return [];
  const base = from === 'tree' ? '.' : isOfFile ? folder : home;
  const whole = joined(base, text);
  const isFolder = isOpen && (text.endsWith('/') || text === '');
  return [{ text: whole === '.' ? '' : `${whole}${isFolder ? '/' : ''}`, isOpen, end }];
}

/** The last text of a path, whose end is the end of that path. */
function lastText(node: TypeScript.Expression): TypeScript.Node | undefined {
  if (ts.isStringLiteralLike(node)) return node;
  if (ts.isTemplateExpression(node)) return node.templateSpans.at(-1)?.literal;
  if (ts.isBinaryExpression(node)) return lastText(node.right);
  const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
  return last === undefined ? undefined : lastText(last);
}
