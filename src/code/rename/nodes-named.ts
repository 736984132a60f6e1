import ts from '../typescript.cts';

/** A name where it stands: an identifier, or a string that says one. */
export type NameNode = ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike;

/** Every node of a file whose text is one of these names, doc comments among them. */
export function nodesNamed(file: ts.SourceFile, names: ReadonlySet<string>): readonly NameNode[] {
  const found: NameNode[] = [];
  const visit = (node: ts.Node): void => {
    if (isNameNode(node) && names.has(node.text)) found.push(node);
    for (const comment of ts.getJSDocCommentsAndTags(node)) if (comment.parent === node) visit(comment);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isNameNode(node: ts.Node): node is NameNode {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node);
}

/** Where the name begins: of a string behind its quote. */
export function nameStart(node: NameNode, file: ts.SourceFile): number {
  return node.getStart(file) + (ts.isStringLiteralLike(node) ? 1 : 0);
}
