import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** What a module exports by name (`default` among them), and the modules of which it passes everything on. Pure. */
export function moduleExports(text: string): { readonly own: readonly string[]; readonly passedOn: readonly string[] } {
  const source = ts.createSourceFile('module.js', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JSX);
  const own: string[] = [];
  const passedOn: string[] = [];
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) own.push('default');
    else if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause === undefined) {
        if (moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier)) passedOn.push(moduleSpecifier.text);
      } else if (ts.isNamespaceExport(exportClause)) own.push(exportClause.name.text);
      else own.push(...exportClause.elements.map(({ name }) => name.text));
    } else own.push(...declaredBy(statement));
  }
  return { own, passedOn };
}

function declaredBy(statement: TypeScript.Statement): readonly string[] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: TypeScript.SyntaxKind) => modifiers.some((one) => one.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  if (has(ts.SyntaxKind.DefaultKeyword)) return ['default'];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

function boundBy(name: TypeScript.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? boundBy(one.name) : []));
}
