import { posix } from 'node:path';
import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';

/** A name that a file has from elsewhere. `name` is `*` for a whole module. */
export type Imported = {
  readonly name: string;
  readonly local: string;
  /** May it come from this file? An index may hand it on, and an alias may stand for a folder. */
  mayBe(path: string): boolean;
};

/** The names that a module imports. */
export function importedNames(path: string, source: TypeScript.SourceFile): readonly Imported[] {
  return source.statements.flatMap((statement): readonly Imported[] => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { text } = statement.moduleSpecifier;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) return [];
    const mayBe = (other: string): boolean => isWayTo(path, text, other);
    if (ts.isNamespaceImport(bindings)) return [{ name: '*', local: bindings.name.text, mayBe }];
    return bindings.elements.map(({ name, propertyName }) => ({
      name: (propertyName ?? name).text,
      local: name.text,
      mayBe,
    }));
  });
}

function isWayTo(from: string, specifier: string, path: string): boolean {
  const target = stemOf(path);
  if (specifier.startsWith('.')) {
    const reached = stemOf(posix.join(posix.dirname(from), specifier));
    return target === reached || target.startsWith(`${reached}/`) || posix.dirname(target) === posix.dirname(reached);
  }
  const own = stemOf(specifier).replace(/^(@|~|#|[@\w-]+)\/?/, '');
  return own === '' || target.endsWith(own) || target.includes(`${own}/`) || posix.dirname(target).endsWith(own);
}

function stemOf(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}
