import { inserted, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TextEdit, Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { overSources } from '../over-sources.ts';
import { isTest } from '../reading/cra-application.ts';
import { isDeclaredIn } from '../reading/declared-names.ts';
import { loaderSpecifier } from '../reading/loader-specifier.ts';

/** Ways of speaking to webpack. */
export const webpackSyntax = overSources({
  id: 'webpack-syntax',
  why: 'What webpack reads beside the language has another form in Vite, or none: `require` of files, `require.context`, loaders in specifiers, `module.hot`, `global` (Vite, Features, Glob Import, Static Asset Handling, HMR API).',
  files: /\.[cm]?[jt]sx?$/,
  mentions: /\b(require|module|exports|global|import|__webpack_\w+)\b/,
  change({ path, text }) {
    const root = parseSource(path, text);
    const out: Out = { edits: [], unresolved: [], imports: new Map(), root };
    const names = isTest(path) ? [] : [...nodesBelow(root)];
    for (const node of [...nodesBelow(root)].filter(ts.isStringLiteralLike)) specifierOf(node, out);
    for (const node of names) {
      if (ts.isCallExpression(node)) callOf(node, out);
      if (ts.isIdentifier(node)) nameOf(node, out);
      if (ts.isPropertyAccessExpression(node)) memberOf(node, out);
    }
    return { edits: [...out.edits, ...importsOf(out)], unresolved: out.unresolved };
  },
});

type Out = {
  readonly edits: TextEdit[];
  readonly unresolved: Unresolved[];
  /** Names by the files that were required. */
  readonly imports: Map<string, string>;
  readonly root: ts.SourceFile;
};

const asset = /^\.{1,2}\/.*\.(avif|bmp|gif|ico|jpe?g|png|svg|webp|mp3|mp4|ogg|wav|webm|woff2?|ttf|eot|otf|pdf|json)$/i;

function callOf(call: ts.CallExpression, out: Out): void {
  const [first] = call.arguments;
  const { expression: callee } = call;
  if (callee.kind === ts.SyntaxKind.ImportKeyword && first !== undefined && !ts.isStringLiteralLike(first)) {
    if (!isPattern(first))
      out.unresolved.push({
        ...spanOf(call),
        message: 'Which module is loaded is computed in a way that Vite cannot read.',
        cure: 'Write it as a template that begins with ./ and ends with an extension, one folder deep, or take `import.meta.glob`.',
      });
    return;
  }
  if (!ts.isIdentifier(callee) || callee.text !== 'require' || isDeclaredIn(out.root, 'require')) return;
  const name = first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  if (name === undefined || !asset.test(name)) {
    out.unresolved.push({
      ...spanOf(call),
      message: '`require` of a module is not known to Vite in the sources of an application.',
      cure: 'Write an import, or `import()` where it is to be loaded later.',
    });
    return;
  }
  const local = out.imports.get(name) ?? freshName(name, out);
  out.imports.set(name, local);
  const member = call.parent;
  const isDefault = ts.isPropertyAccessExpression(member) && member.name.text === 'default';
  // For what is no SVG, `require` answers the address itself, of which `default` is nothing.
  if (isDefault && name.endsWith('.svg')) out.edits.push(replaced(member, local));
  else if (isDefault || name.endsWith('.svg'))
    out.unresolved.push({
      ...spanOf(call),
      message: '`require` of this file answers another thing in webpack than an import does in Vite.',
      cure: 'Import what is meant of it.',
    });
  else out.edits.push(replaced(call, local));
}

/** What Vite can read of an import with variables. */
function isPattern(node: ts.Expression): boolean {
  if (!ts.isTemplateExpression(node)) return false;
  const last = node.templateSpans.at(-1)?.literal.text ?? '';
  return /^\.{1,2}\/(?!$)/.test(node.head.text) && /\.\w+$/.test(last);
}

function nameOf(node: ts.Identifier, { edits, unresolved, root }: Out): void {
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const isKey = 'name' in parent && parent.name === node;
  if (isMember || isKey || ts.isQualifiedName(parent)) return;
  if (node.text === 'global' && !isDeclaredIn(root, 'global') && ts.isPropertyAccessExpression(parent))
    edits.push(replaced(node, 'globalThis'));
  if (/^__webpack_\w+__$/.test(node.text))
    unresolved.push({
      ...spanOf(node),
      message: `\`${node.text}\` is of webpack.`,
      cure: 'See `base` and `experimental.renderBuiltUrl` of Vite for where files are loaded from.',
    });
}

function memberOf(node: ts.PropertyAccessExpression, { edits, unresolved, root }: Out): void {
  const said = node.getText();
  const isCommon = said === 'module.exports' || (/^exports\.\w+$/.test(said) && isTarget(node));
  if (said === 'module.hot' && !isDeclaredIn(root, 'module')) edits.push(replaced(node, 'import.meta.hot'));
  if (isCommon && !isDeclaredIn(root, said.split('.')[0] ?? ''))
    unresolved.push({
      ...spanOf(node),
      message: 'Vite reads ES modules alone in the sources of an application.',
      cure: 'Write `export`, and imports where it is required.',
    });
  if (said === 'require.context' || said === 'require.ensure')
    unresolved.push({
      ...spanOf(node),
      message: `\`${said}\` is of webpack.`,
      cure:
        said === 'require.context'
          ? 'Take `import.meta.glob(pattern, { eager: true })`; its keys are paths from the file, and its values modules.'
          : 'Take `import()`.',
    });
}

function isTarget(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.left === node;
}

/** Loaders that a specifier names. */
function specifierOf(node: ts.StringLiteralLike, { edits, unresolved }: Out): void {
  const { parent } = node;
  if (!ts.isImportDeclaration(parent) && !ts.isExportDeclaration(parent)) return;
  if (!node.text.includes('!')) return;
  const made = ts.isImportDeclaration(parent) ? loaderSpecifier(node.text) : undefined;
  if (made === undefined)
    unresolved.push({
      ...spanOf(node),
      message: `\`${node.text}\` names loaders of webpack.`,
      cure: 'Take what Vite has for it: `?raw`, `?url`, `?inline`, `?worker`, or a plugin.',
    });
  else
    edits.push(
      replaced(
        node,
        node.getText().replace(node.text, () => made),
      ),
    );
}

function freshName(path: string, { root, imports }: Out): string {
  const words = (path.split('/').at(-1) ?? '').split(/[^A-Za-z0-9]+/).filter((one) => one !== '');
  const [first = 'file', ...more] = words;
  const plain = first.toLowerCase() + more.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join('');
  const safe = /^\d/.test(plain) ? `file${plain}` : plain;
  const taken = new Set(imports.values());
  let name = safe;
  for (let count = 2; taken.has(name) || new RegExp(`\\b${name}\\b`).test(root.text); count += 1)
    name = `${safe}${count}`;
  return name;
}

/** Imports of what was required, behind those that are there. */
function importsOf({ imports, root }: Out): readonly TextEdit[] {
  if (imports.size === 0) return [];
  const last = root.statements.findLast(ts.isImportDeclaration);
  const quote = last?.moduleSpecifier.getText()[0] ?? "'";
  const end = last === undefined || last.getText().endsWith(';') ? ';' : '';
  const lines = [...imports].map(([path, name]) => `import ${name} from ${quote}${path}${quote}${end}`);
  if (last === undefined) return [inserted(root.statements[0]?.getStart() ?? 0, `${lines.join('\n')}\n`)];
  return [inserted(last.getEnd(), `\n${lines.join('\n')}`)];
}
