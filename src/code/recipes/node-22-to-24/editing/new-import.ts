import type { SgNode } from '@ast-grep/napi';
import type { RecipeContext, TextEdit } from '../../../recipe.ts';

/** What is to be imported: the default of a module under a name, or names as specifiers are written in a pattern (`a: b`). */
export type Imported =
  | { readonly module: string; readonly default: string }
  | { readonly module: string; readonly names: readonly string[] };

/** How a file names its modules. */
export type ImportStyle = 'import' | 'require' | 'dynamic-import';

/** By its name, its package and what stands in it. What says nothing is a module, as Node takes it since 22.7. */
export function importStyleOf(root: SgNode, path: string, { home }: RecipeContext): ImportStyle {
  if (/\.m[jt]s$/.test(path)) return 'import';
  if (/\.cjs$/.test(path)) return 'require';
  if (root.children().some((one) => one.is('import_statement') || one.is('export_statement'))) return 'import';
  if (root.find({ rule: { pattern: 'require($M)' } }) !== null) return 'require';
  return home !== undefined && home.type === 'commonjs' && /\.jsx?$/.test(path) ? 'require' : 'import';
}

/** The statement that imports it, in the quotes and with the ends of the file. */
export function importText(root: SgNode, imported: Imported, style: ImportStyle): string {
  const quote = quoteOf(root);
  const end = /;[ \t]*(\r?\n|$)/.test(root.text()) || !/\n/.test(root.text().trim()) ? ';' : '';
  const from = `${quote}node:${imported.module}${quote}`;
  if ('default' in imported) {
    if (style === 'import') return `import ${imported.default} from ${from}${end}`;
    return `const ${imported.default} = ${style === 'require' ? `require(${from})` : `await import(${from})`}${end}`;
  }
  if (style === 'import') {
    const names = imported.names.map((name) => name.replace(': ', ' as '));
    return `import { ${names.join(', ')} } from ${from}${end}`;
  }
  const call = style === 'require' ? `require(${from})` : `await import(${from})`;
  return `const { ${imported.names.join(', ')} } = ${call}${end}`;
}

/** Puts a statement before the first one of a file that is no directive. */
export function importFirst(root: SgNode, statement: string): TextEdit {
  const first = root
    .children()
    .find((one) => one.isNamed() && !one.is('hash_bang_line') && !one.is('comment') && !isDirective(one));
  const offset = first?.range().start.index ?? root.range().end.index;
  return { offset, length: 0, text: `${statement}\n` };
}

function isDirective(node: SgNode): boolean {
  return node.is('expression_statement') && node.child(0)?.is('string') === true;
}

/** The quotes of a file: those of its first string. */
export function quoteOf(root: SgNode): string {
  return root
    .find({ rule: { kind: 'string' } })
    ?.text()
    .startsWith("'") === true
    ? "'"
    : '"';
}
