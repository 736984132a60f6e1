import ts from '../typescript.cts';

/** Parses a source file for reading. */
export function parseSource(path: string, text: string): ts.SourceFile {
  const kind = /\.[cm]?ts$/.test(path)
    ? ts.ScriptKind.TS
    : path.endsWith('.tsx')
      ? ts.ScriptKind.TSX
      : ts.ScriptKind.JSX;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
}

/** Every node below a root, parents first. */
export function* nodesBelow(root: ts.Node): Generator<ts.Node> {
  yield root;
  const children: ts.Node[] = [];
  ts.forEachChild(root, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesBelow(child);
}
