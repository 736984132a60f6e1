import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { UseTree } from '../code-use.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import { outOfCode, type Piece } from '../texts/sql-text.ts';
import type { DrizzleTable } from './drizzle-tables.ts';

type Look = {
  readonly tree: UseTree;
  /** Asked for only where something is put in. */
  readonly tables: () => readonly DrizzleTable[];
};

const depthMax = 6;

/**
 * The pieces of a template with what its holes stand for: tables of Drizzle by their names, and texts that are put in as
 * they are, as in `Prisma.raw('users')` and ``sql`…` ``. Undefined where there is no such hole.
 */
export function withTextsPutIn(
  node: TypeScript.Node,
  pieces: readonly Piece[],
  look: Look,
  depth = 0,
): readonly Piece[] | undefined {
  if (!ts.isTemplateExpression(node) || !ts.isTaggedTemplateExpression(node.parent) || depth > depthMax)
    return undefined;
  const { text } = node.getSourceFile();
  const filled = new Map<number, readonly Piece[]>();
  for (const { expression } of node.templateSpans) {
    const own = piecesFor(expression, look, depth);
    if (own !== undefined) filled.set(text.lastIndexOf('${', expression.getStart()), own);
  }
  if (filled.size === 0) return undefined;
  return pieces.flatMap((piece) => (piece.kind === 'hole' ? (filled.get(piece.start) ?? [piece]) : [piece]));
}

function piecesFor(node: TypeScript.Expression, look: Look, depth: number): readonly Piece[] | undefined {
  const { constants } = look.tree;
  const written = textOf(node);
  if (written !== undefined) {
    const pieces = literalPieces(written, constants);
    return pieces && (withTextsPutIn(written, pieces, look, depth + 1) ?? pieces);
  }
  const table = tableAt(node, look);
  if (table !== undefined) return [outOfCode(quoted(table))];
  const constant = constants.at(node);
  const text = constant === undefined ? undefined : textOf(constant.value);
  const pieces = text === undefined ? undefined : literalPieces(text, constants);
  if (constant === undefined || text === undefined || pieces === undefined) return undefined;
  const all = withTextsPutIn(text, pieces, look, depth + 1) ?? pieces;
  return all.map((piece) => ({ ...piece, through: [...piece.through, constant] }));
}

/** The text that a call or a tag puts in as it is. */
function textOf(node: TypeScript.Expression): TypeScript.Expression | undefined {
  if (ts.isTaggedTemplateExpression(node))
    return /^(Prisma\.)?sql$/.test(node.tag.getText()) ? node.template : undefined;
  const isText = ts.isCallExpression(node) && /^(Prisma|sql)\.raw$/.test(node.expression.getText());
  return isText ? node.arguments[0] : undefined;
}

function tableAt(node: TypeScript.Expression, { tree, tables }: Look): DrizzleTable | undefined {
  const target = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? tree.names.targetOf(node) : undefined;
  const declared = target?.kind === 'node' ? target.node : undefined;
  return declared === undefined ? undefined : tables().find(({ call }) => call.parent === declared);
}

function quoted({ schema, table }: DrizzleTable): string {
  return schema === undefined ? `"${table}"` : `"${schema}"."${table}"`;
}
