import ts from 'typescript';
import { type Breach, isTest, lineOf, type Rule, type Source } from '../house.ts';

/** A contract `x.ts` with its plugs in `xs/`, listed by `xs/index.ts`. */
type Shelf = { readonly folder: string; readonly contract: string; readonly plugs: readonly Plug[] };

/** One thing on a shelf: a file, or a folder that opens with index.ts or with the contract's own name. */
type Plug = { readonly id: string; readonly source: Source };

/** Every plug is imported by its shelf's index.ts, and used there. */
export const shelvesAreComplete: Rule = (sources) =>
  shelvesOf(sources).flatMap(({ folder, contract, plugs }) => {
    const index = sources.find(({ path }) => path === `${folder}/index.ts`);
    if (index === undefined)
      return [{ file: contract, line: 1, message: `its shelf needs an index: ${folder}/index.ts` }];
    return plugs.filter((plug) => !isRegistered(index, plug)).map((plug) => unregistered(index, plug));
  });

/** The `id` or `name` of a plug is the name of its file or folder. */
export const idsAreFileNames: Rule = (sources) =>
  shelvesOf(sources).flatMap(({ plugs }) =>
    plugs.flatMap(({ id, source }) => {
      const said = idsSaid(source);
      if (said.some((node) => node.text === id)) return [];
      const node = said[0];
      const message =
        node === undefined ? `says no id; add id: '${id}'` : `says '${node.text}' but is named ${id}; rename one`;
      return [{ file: source.path, line: node === undefined ? 1 : lineOf(node), message }];
    }),
  );

/** All pairs of a singular contract file and a plural folder beside it. */
export function shelvesOf(sources: readonly Source[]): readonly Shelf[] {
  return sources.flatMap(({ path }) => {
    const stem = path.startsWith('src/') && !isTest(path) ? path.replace(/\.ts$/, '') : undefined;
    const folder = pluralsOf(stem).find((name) => sources.some((source) => source.path.startsWith(`${name}/`)));
    return folder === undefined ? [] : [{ folder, contract: path, plugs: plugsOf(sources, folder, path) }];
  });
}

function pluralsOf(stem: string | undefined): readonly string[] {
  if (stem === undefined) return [];
  return stem.endsWith('y') ? [`${stem.slice(0, -1)}ies`] : [`${stem}s`, `${stem}es`];
}

function plugsOf(sources: readonly Source[], folder: string, contract: string): readonly Plug[] {
  const own = contract.split('/').at(-1) ?? contract;
  const inside = sources.filter(({ path }) => path.startsWith(`${folder}/`) && !isTest(path));
  const opening = inside.filter(({ path }) => path !== `${folder}/index.ts` && isOpening(path, own));
  const homes = opening.map(({ path }) => path.slice(0, path.lastIndexOf('/')));
  return inside.flatMap((source) => {
    if (source.path === `${folder}/index.ts`) return [];
    const home = homes.filter((name) => source.path.startsWith(`${name}/`)).sort((a, b) => a.length - b.length)[0];
    if (home === undefined) return [{ id: source.path.slice(folder.length + 1).replace(/\.ts$/, ''), source }];
    const isDoor = opening.includes(source) && source.path.lastIndexOf('/') === home.length;
    return isDoor ? [{ id: home.slice(folder.length + 1), source }] : [];
  });
}

function isOpening(path: string, contractName: string): boolean {
  return path.endsWith('/index.ts') || path.endsWith(`/${contractName}`);
}

function isRegistered(index: Source, plug: Plug): boolean {
  return index.nodes.some((node) => {
    if (ts.isExportDeclaration(node)) return means(index, node.moduleSpecifier, plug);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return means(index, node.arguments[0], plug);
    }
    if (!ts.isImportDeclaration(node) || !means(index, node.moduleSpecifier, plug)) return false;
    return namesOf(node).some((name) => usesOf(index, name) > 1);
  });
}

function means(index: Source, specifier: ts.Node | undefined, plug: Plug): boolean {
  if (specifier === undefined || !ts.isStringLiteral(specifier)) return false;
  const entry = index.imports.find((candidate) => candidate.specifier === specifier.text);
  return entry?.target === plug.source.path;
}

function namesOf(node: ts.ImportDeclaration): readonly string[] {
  const bindings = node.importClause?.namedBindings;
  if (bindings === undefined || ts.isNamespaceImport(bindings))
    return bindings === undefined ? [] : [bindings.name.text];
  return bindings.elements.map(({ name }) => name.text);
}

function usesOf(source: Source, name: string): number {
  return source.nodes.filter((node) => ts.isIdentifier(node) && node.text === name).length;
}

function unregistered(index: Source, plug: Plug): Breach {
  return { file: index.path, line: 1, message: `${plug.source.path} is not on the shelf; import it here and list it` };
}

/** The literals of `id`, else `name`, directly in the objects that a plug exports. */
function idsSaid(source: Source): readonly ts.StringLiteral[] {
  const objects = source.tree.statements.flatMap((statement) => (isExported(statement) ? objectsIn(statement) : []));
  const ids = objects.flatMap((node) => literalsNamed(node, 'id'));
  return ids.length > 0 ? ids : objects.flatMap((node) => literalsNamed(node, 'name'));
}

function isExported(statement: ts.Statement): statement is ts.VariableStatement | ts.FunctionDeclaration {
  const canExport = ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement);
  return canExport && (statement.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** The outermost object literals of a statement, also as the argument of a call or the value returned. */
function objectsIn(node: ts.Node): readonly ts.ObjectLiteralExpression[] {
  if (ts.isObjectLiteralExpression(node)) return [node];
  return node.getChildren().flatMap(objectsIn);
}

function literalsNamed(object: ts.ObjectLiteralExpression, key: string): readonly ts.StringLiteral[] {
  return object.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property) || property.name.getText() !== key) return [];
    const value = ts.isAsExpression(property.initializer) ? property.initializer.expression : property.initializer;
    return ts.isStringLiteral(value) ? [value] : [];
  });
}
