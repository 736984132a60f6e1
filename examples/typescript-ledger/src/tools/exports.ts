import * as fs from 'fs';
import * as ts from 'typescript';

/** The names that a module exports, by the compiler's own reading of it. */
export function exportedNames(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  source.forEachChild((node) => {
    const isExported =
      ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (isExported && (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) && node.name) names.push(node.name.text);
  });
  return names;
}
