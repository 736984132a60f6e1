import ts from '../typescript.cts';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  jsx: ts.JsxEmit.Preserve,
  removeComments: true,
  verbatimModuleSyntax: true,
  useDefineForClassFields: true,
};

/**
 * Where the JavaScript that is made of a new text differs from that of the old one, both by the same compiler with the same
 * settings; undefined where they are equal but for parentheses that only group. Pure.
 */
export function emitDifference(
  before: { readonly path: string; readonly text: string },
  after: { readonly path: string; readonly text: string },
): string | undefined {
  const [old, now] = [before, after].map(({ path, text }) => {
    const made = ts.transpileModule(text, { fileName: path, compilerOptions: options, reportDiagnostics: true });
    const [fault] = made.diagnostics ?? [];
    return fault === undefined
      ? ts.createSourceFile('made.jsx', made.outputText, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JSX)
      : ts.flattenDiagnosticMessageText(fault.messageText, ' ');
  });
  if (typeof old === 'string') return old;
  if (typeof now === 'string') return now;
  if (old === undefined || now === undefined) return 'The compiler made nothing.';
  return difference(old, now);
}

function difference(one: ts.Node, other: ts.Node): string | undefined {
  const [first, second] = [grouped(one), grouped(other)];
  const shown = () => `\`${first.getText().slice(0, 60)}\` would become \`${second.getText().slice(0, 60)}\``;
  const isChain = ts.isOptionalChain(first) === ts.isOptionalChain(second);
  if (first.kind !== second.kind || !isChain || wordOf(first) !== wordOf(second)) return shown();
  if (flagsOf(first) !== flagsOf(second)) return shown();
  const [own, others] = [childrenOf(first), childrenOf(second)];
  if (own.length !== others.length) return shown();
  for (const [at, child] of own.entries()) {
    const against = others[at];
    const found = against === undefined ? shown() : difference(child, against);
    if (found !== undefined) return found;
  }
  return undefined;
}

function flagsOf(node: ts.Node): number {
  return ts.isVariableDeclarationList(node) ? node.flags & ts.NodeFlags.BlockScoped : 0;
}

function wordOf(node: ts.Node): string {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return `${node.operator}`;
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isJsxText(node)) return node.text;
  if (ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node))
    return node.getText();
  return ts.isMetaProperty(node) ? `${node.keywordToken}` : '';
}

/** Without parentheses, which the tree itself says, and without the empty export that only makes a file a module. */
function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (!isEmptyExport(child)) children.push(child);
  });
  return children;
}

function isEmptyExport(node: ts.Node): boolean {
  return (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier === undefined &&
    node.exportClause !== undefined &&
    ts.isNamedExports(node.exportClause) &&
    node.exportClause.elements.length === 0
  );
}

function grouped(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ? grouped(node.expression) : node;
}
