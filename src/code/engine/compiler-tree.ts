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
  const waiting: ts.Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    waiting.push(...children.reverse());
  }
}
