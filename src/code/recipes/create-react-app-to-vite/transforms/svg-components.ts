import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TextEdit, Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { overSources } from '../over-sources.ts';

const svg = /\.svg$/;

/** Components that are made of SVG. */
export const svgComponents = overSources({
  id: 'svg-components',
  why: 'react-scripts gives an SVG file an export `ReactComponent` beside its address; vite-plugin-svgr gives the component to an import that ends with `?react`.',
  files: /\.[cm]?[jt]sx?$/,
  mentions: /\.svg['"`]/,
  change({ path, text }) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const node of nodesBelow(parseSource(path, text))) {
      if (ts.isImportDeclaration(node) && isSvg(node.moduleSpecifier)) {
        const made = importOf(node);
        if (made !== undefined) edits.push(replaced(node, made));
        if (node.importClause?.namedBindings !== undefined && ts.isNamespaceImport(node.importClause.namedBindings))
          unresolved.push({ ...spanOf(node), ...wholeModule });
      }
      if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && isSvg(node.moduleSpecifier)) {
        const made = exportOf(node);
        if (made === undefined) unresolved.push({ ...spanOf(node), ...wholeModule });
        else if (made !== node.getText()) edits.push(replaced(node, made));
      }
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && isSvg(node.arguments[0]))
        unresolved.push({ ...spanOf(node), ...wholeModule });
    }
    return { edits, unresolved };
  },
});

const wholeModule = {
  message: 'An SVG file is taken as a whole module, of which Vite has the address alone.',
  cure: 'Import the component by itself, as the default of a specifier that ends with `?react`.',
};

function isSvg(node: ts.Node | undefined): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && svg.test(node.text);
}

/** One statement for the address and one for each name of the component; undefined where no component is taken. */
function importOf(node: ts.ImportDeclaration): string | undefined {
  const clause = node.importClause;
  const named = clause?.namedBindings;
  if (clause === undefined || named === undefined || !ts.isNamedImports(named)) return undefined;
  const components = named.elements.filter(isComponent);
  if (components.length === 0) return undefined;
  const { quote, name, end } = partsOf(node, node.moduleSpecifier);
  const others = named.elements.filter((one) => !isComponent(one)).map((one) => one.getText());
  const rest = [
    ...(clause.name === undefined ? [] : [clause.name.text]),
    ...(others.length === 0 ? [] : [`{ ${others.join(', ')} }`]),
  ];
  return [
    ...(rest.length === 0 ? [] : [`import ${rest.join(', ')} from ${quote}${name}${quote}${end}`]),
    ...components.map((one) => `import ${one.name.text} from ${quote}${name}?react${quote}${end}`),
  ].join('\n');
}

function exportOf(node: ts.ExportDeclaration): string | undefined {
  const clause = node.exportClause;
  if (clause === undefined || !ts.isNamedExports(clause) || node.moduleSpecifier === undefined) return undefined;
  const components = clause.elements.filter(isComponent);
  if (components.length === 0) return node.getText();
  const { quote, name, end } = partsOf(node, node.moduleSpecifier);
  const others = clause.elements.filter((one) => !isComponent(one)).map((one) => one.getText());
  const ours = components.map((one) => `default as ${one.name.text}`).join(', ');
  return [
    ...(others.length === 0 ? [] : [`export { ${others.join(', ')} } from ${quote}${name}${quote}${end}`]),
    `export { ${ours} } from ${quote}${name}?react${quote}${end}`,
  ].join('\n');
}

function isComponent(one: ts.ImportSpecifier | ts.ExportSpecifier): boolean {
  return (one.propertyName ?? one.name).text === 'ReactComponent';
}

function partsOf(node: ts.Node, specifier: ts.Expression) {
  const written = specifier.getText();
  return { quote: written[0] ?? "'", name: written.slice(1, -1), end: node.getText().endsWith(';') ? ';' : '' };
}
