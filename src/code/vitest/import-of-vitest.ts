import { inserted } from '../engine/compiler-edits.ts';
import type { TextEdit } from '../recipe.ts';
import ts from '../typescript.cts';

/** Edits that import names from `vitest`: into an import that is there, else by one of its own after the others. */
export function importOfVitest(
  { root }: { readonly root: ts.SourceFile },
  names: readonly string[],
  kind: 'type' | 'value',
): readonly TextEdit[] {
  const imports = root.statements.filter(ts.isImportDeclaration);
  const ours = imports.flatMap((one) => {
    const list = one.importClause?.namedBindings;
    const isOurs = ts.isStringLiteral(one.moduleSpecifier) && one.moduleSpecifier.text === 'vitest';
    return isOurs && list !== undefined && ts.isNamedImports(list) ? [{ one, list }] : [];
  });
  const known = new Set(ours.flatMap(({ list }) => list.elements.map(({ name }) => name.text)));
  const wanted = names.filter((name) => !known.has(name));
  if (wanted.length === 0) return [];
  const isTypeOnly = (one: ts.ImportDeclaration): boolean =>
    one.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const home = ours.find(({ one }) => kind === 'type' || !isTypeOnly(one));
  const last = home?.list.elements.at(-1);
  if (home !== undefined && last !== undefined) {
    const mark = kind === 'type' && !isTypeOnly(home.one) ? 'type ' : '';
    return [inserted(last.getEnd(), wanted.map((name) => `, ${mark}${name}`).join(''))];
  }
  const style = root.text.includes('\r\n') ? '\r\n' : '\n';
  const quote = imports[0]?.moduleSpecifier.getText()[0] ?? (/require\("/.test(root.text) ? '"' : "'");
  const end = /;\s*$/m.test(root.text) ? ';' : '';
  const words = kind === 'type' ? 'import type' : 'import';
  const line = `${words} { ${wanted.join(', ')} } from ${quote}vitest${quote}${end}`;
  const before = imports.at(-1);
  if (before !== undefined) return [inserted(before.getEnd(), `${style}${line}`)];
  const first = root.statements[0];
  return [inserted(first === undefined ? 0 : first.getStart(), `${line}${style}`)];
}
