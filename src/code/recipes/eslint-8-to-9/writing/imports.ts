import { type CodeStyle, opened, quoted, raw, writeCode } from '../../../engine/code.ts';
import ts from '../../../typescript.cts';

type Import = { readonly module: string; name: string | undefined; readonly members: string[] };

/** What the new file takes from other modules. Names do not clash with those that the file declares itself. */
export interface Imports {
  /** The name in the file of the default export of a module. */
  whole(module: string, name: string): string;
  /** The name in the file of a member of a module. */
  member(module: string, name: string): string;
  /** Packages that were taken from, in the order of the file. */
  modules(): readonly string[];
  write(style: CodeStyle): string;
}

/** `kept` are statements that stay in the file: what they import already is not imported again. */
export function importsFor(form: 'module' | 'commonjs', kept: readonly ts.Statement[]): Imports {
  const all: Import[] = [];
  const taken = new Set(kept.flatMap(namesDeclaredBy));
  const there = new Map(kept.flatMap(wholesImportedBy));
  const of = (module: string): Import => {
    const found = all.find((one) => one.module === module) ?? { module, name: undefined, members: [] };
    if (!all.includes(found)) all.push(found);
    return found;
  };
  return {
    whole(module, name) {
      const known = there.get(module);
      if (known !== undefined) return known;
      const entry = of(module);
      if (entry.name !== undefined) return entry.name;
      entry.name = free(name, taken);
      return entry.name;
    },
    member(module, name) {
      const { members } = of(module);
      if (!members.includes(name)) members.push(name);
      taken.add(name);
      return name;
    },
    modules: () => [...there.keys(), ...all.map(({ module }) => module)],
    write: (style) =>
      all
        .toSorted(byPlace)
        .map((one) => written(one, form, style))
        .join('\n'),
  };
}

function free(name: string, taken: Set<string>): string {
  let own = name;
  while (taken.has(own)) own = `${own}_`;
  taken.add(own);
  return own;
}

/** ESLint's own helpers first; what the bridge to old configurations needs stands next to it, last. */
function byPlace(one: Import, other: Import): number {
  const last = ['node:path', 'node:url', '@eslint/js', '@eslint/eslintrc'];
  const place = ({ module }: Import) => (module === 'eslint/config' ? -1 : last.indexOf(module) + 1);
  return place(one) - place(other);
}

function written({ module, name, members }: Import, form: 'module' | 'commonjs', style: CodeStyle): string {
  const from = quoted(module, style);
  const at = { indent: '', column: 0 };
  const braces = (width: number) => {
    const flat = `{ ${members.join(', ')} }`;
    if (flat.length <= style.width - width) return flat;
    return writeCode(opened(members.map((member) => ({ value: raw(member) }))), style, at);
  };
  if (form === 'module') {
    const parts = [...(name === undefined ? [] : [name]), ...(members.length > 0 ? [braces(from.length + 14)] : [])];
    return `import ${parts.join(', ')} from ${from}${style.end}`;
  }
  const call = `require(${from})${style.end}`;
  return [
    ...(name === undefined ? [] : [`const ${name} = ${call}`]),
    ...(members.length > 0 ? [`const ${braces(call.length + 9)} = ${call}`] : []),
  ].join('\n');
}

function namesDeclaredBy(statement: ts.Statement): readonly string[] {
  const names: string[] = [];
  const bound = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bound(element.name);
  };
  if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) bound(name);
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) names.push(statement.name?.text ?? '');
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause;
    if (clause?.name !== undefined) names.push(clause.name.text);
    const inner = clause?.namedBindings;
    if (inner !== undefined && ts.isNamespaceImport(inner)) names.push(inner.name.text);
    if (inner !== undefined && ts.isNamedImports(inner)) names.push(...inner.elements.map(({ name }) => name.text));
  }
  return names;
}

function wholesImportedBy(statement: ts.Statement): readonly (readonly [string, string])[] {
  if (ts.isImportDeclaration(statement)) {
    const name = statement.importClause?.name;
    const module = statement.moduleSpecifier;
    return name === undefined || !ts.isStringLiteral(module) ? [] : [[module.text, name.text]];
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
    if (!ts.isIdentifier(name) || initializer === undefined || !ts.isCallExpression(initializer)) return [];
    const [module] = initializer.arguments;
    const isRequire = initializer.expression.getText() === 'require' && module !== undefined;
    return isRequire && ts.isStringLiteral(module) ? [[module.text, name.text] as const] : [];
  });
}
