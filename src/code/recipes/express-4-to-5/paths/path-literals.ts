import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare } from '../reading/walk.ts';

/** A piece of text in a path expression. */
export type PathLiteral = {
  readonly node: ts.Node;
  readonly text: string;
  /** Alone it can become a list of paths or a regular expression; as a piece of a larger text it cannot. */
  readonly place: 'alone' | 'element' | 'piece' | 'constant';
};

/** The literals in a path expression, those of constants of this file included. What cannot be seen is left out. */
export function literalsIn(
  path: ts.Expression,
  source: ExpressSource,
  place: 'alone' | 'element' = 'alone',
): readonly PathLiteral[] {
  const node = bare(path);
  if (ts.isStringLiteralLike(node)) return [{ node, text: node.text, place }];
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((element) => literalsIn(element, source, 'element'));
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((piece) => {
      return { node: piece, text: piece.text, place: 'piece' } as const;
    });
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return [...piecesOf(node.left), ...piecesOf(node.right)];
  }
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return constantsOf(node, source);
  return [];
}

function piecesOf(node: ts.Expression): readonly PathLiteral[] {
  const own = bare(node);
  if (ts.isStringLiteralLike(own)) return [{ node: own, text: own.text, place: 'piece' }];
  if (!ts.isBinaryExpression(own) || own.operatorToken.kind !== ts.SyntaxKind.PlusToken) return [];
  return [...piecesOf(own.left), ...piecesOf(own.right)];
}

function constantsOf(node: ts.Expression, source: ExpressSource): readonly PathLiteral[] {
  for (const declaration of source.reader.symbolOf(node)?.declarations ?? []) {
    const value = literalOf(declaration);
    if (value === undefined) continue;
    if (ts.isStringLiteralLike(value)) return [{ node: value, text: value.text, place: 'constant' }];
    if (!ts.isArrayLiteralExpression(value)) continue;
    return value.elements.flatMap((one) => {
      return ts.isStringLiteralLike(one) ? [{ node: one, text: one.text, place: 'constant' } as const] : [];
    });
  }
  return [];
}

function literalOf(declaration: ts.Node): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    const isConstant = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
    return isConstant && declaration.initializer !== undefined ? bare(declaration.initializer) : undefined;
  }
  if (!ts.isPropertyAssignment(declaration) && !ts.isPropertyDeclaration(declaration)) return undefined;
  return declaration.initializer === undefined ? undefined : bare(declaration.initializer);
}

/** True where everything that names the constant of a path gives it to Express, so that nothing else reads its syntax. */
export function isOnlyPath(path: ts.Expression, paths: ReadonlySet<ts.Node>, source: ExpressSource): boolean {
  const symbol = source.reader.symbolOf(bare(path));
  const [declaration] = symbol?.declarations ?? [];
  if (symbol === undefined || declaration === undefined || isExported(declaration)) return false;
  return source.nodes.every((node) => {
    if (!ts.isIdentifier(node) || source.reader.symbolOf(node) !== symbol) return true;
    const use = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
    return node.parent === declaration || paths.has(use);
  });
}

function isExported(node: ts.Node): boolean {
  if (ts.isVariableStatement(node))
    return (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return node.parent !== undefined && !ts.isSourceFile(node) && isExported(node.parent);
}
