import ts from '../../../typescript.cts';

/** Imports of types that a file is to get. */
export type TypeImports = {
  claim(specifier: string, name: string): string | undefined;
  /** The lines, and where they go. */
  written(end: string): { readonly text: string; readonly at: number };
};

/** Collects the types that `import('…').T` of comments names; a name that the file has for something else is not taken. */
export function typeImports(source: ts.SourceFile): TypeImports {
  const taken = namesIn(source);
  const there = importedNames(source);
  const claimed = new Map<string, string>();
  return {
    claim(specifier, name) {
      if (claimed.get(name) === specifier || there.get(name) === specifier) return name;
      if (claimed.has(name) || taken.has(name)) return undefined;
      claimed.set(name, specifier);
      return name;
    },
    written(end) {
      const bySpecifier = new Map<string, string[]>();
      for (const [name, specifier] of claimed)
        bySpecifier.set(specifier, [...(bySpecifier.get(specifier) ?? []), name]);
      const quote = /from '/.test(source.text) || !/from "/.test(source.text) ? "'" : '"';
      const lines = [...bySpecifier].map(
        ([specifier, names]) => `import type { ${names.sort().join(', ')} } from ${quote}${specifier}${quote}${end}`,
      );
      if (lines.length === 0) return { text: '', at: 0 };
      const last = source.statements.findLast(ts.isImportDeclaration);
      if (last !== undefined) return { text: `\n${lines.join('\n')}`, at: last.getEnd() };
      return { text: `${lines.join('\n')}\n\n`, at: startOf(source) };
    },
  };
}

/** Behind `#!`, the comment of a license, and directives. */
function startOf(source: ts.SourceFile): number {
  const first = source.statements.find((one) => !(ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression)));
  return first === undefined ? source.endOfFileToken.getStart(source, true) : first.getStart(source, true);
}

function namesIn(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    for (const child of node.getChildren(source)) {
      if (!ts.isJSDoc(child)) visit(child);
      else
        for (const tag of child.tags ?? [])
          if (ts.isJSDocTypedefTag(tag) || ts.isJSDocCallbackTag(tag) || ts.isJSDocTemplateTag(tag))
            namesOfTag(tag, names);
    }
  };
  visit(source);
  return names;
}

/** A typedef that only gives an imported type its own name does not take that name. */
function namesOfTag(tag: ts.JSDocTypedefTag | ts.JSDocCallbackTag | ts.JSDocTemplateTag, names: Set<string>): void {
  if (ts.isJSDocTemplateTag(tag)) {
    for (const { name } of tag.typeParameters) names.add(name.text);
    return;
  }
  const name = tag.name?.getText() ?? '';
  const type = ts.isJSDocTypedefTag(tag) ? tag.typeExpression : undefined;
  const inner = type !== undefined && ts.isJSDocTypeExpression(type) ? type.type : undefined;
  const isSame =
    inner !== undefined && ts.isImportTypeNode(inner) && !inner.isTypeOf && inner.qualifier?.getText() === name;
  if (!isSame) names.add(name);
}

/** Names that are imported as they are, by what they come from. */
function importedNames(source: ts.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements)
      if (propertyName === undefined) found.set(name.text, statement.moduleSpecifier.text);
  }
  return found;
}
