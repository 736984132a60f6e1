import type * as TypeScript from 'typescript';
import type { TextEdit } from '../recipe.ts';
import ts from '../typescript.cts';

/** A name that an import brings, and what goes when it is not used: the specifier, clause, declarator or element that binds it. */
export type BoundName = { readonly name: TypeScript.Identifier; readonly binder: TypeScript.Node };

/** The edits that take away names of a package which nothing uses; whole statements go with their line. Pure. */
export function importEdits({
  source,
  unused,
  names,
}: {
  readonly source: TypeScript.SourceFile;
  readonly unused: readonly BoundName[];
  /** All that the file binds of the package. */
  readonly names: readonly BoundName[];
}): readonly TextEdit[] {
  const binders = new Set(unused.map(({ binder }) => binder));
  const statements = new Map<TypeScript.Node, BoundName[]>();
  for (const name of unused) {
    const statement = statementOf(name.binder);
    statements.set(statement, [...(statements.get(statement) ?? []), name]);
  }
  return [...statements].flatMap(([statement, gone]) => {
    const all = names.filter(({ binder }) => statementOf(binder) === statement);
    const isWhole = gone.length === all.length && isOnlyThese(statement, gone.length);
    return isWhole ? [withoutLine(statement, source.text)] : withoutParts(statement, binders);
  });
}

function statementOf(node: TypeScript.Node): TypeScript.Node {
  return ts.isStatement(node) || ts.isSourceFile(node.parent) ? node : statementOf(node.parent);
}

/** Whether a statement binds nothing but these names. */
function isOnlyThese(statement: TypeScript.Node, count: number): boolean {
  if (!ts.isVariableStatement(statement)) return true;
  const { declarations } = statement.declarationList;
  return declarations.every(({ name }) => ts.isIdentifier(name))
    ? declarations.length === count
    : declarations.length === 1;
}

function withoutLine(statement: TypeScript.Node, text: string): TextEdit {
  const offset = statement.getStart();
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end))?.[0] ?? '';
  const isFirst = offset === 0;
  const blank =
    isFirst && rest !== '' ? (/^(?:[ \t]*\r?\n)+/.exec(text.slice(statement.end + rest.length))?.[0] ?? '') : '';
  return { offset, length: statement.end - offset + rest.length + blank.length, text: '' };
}

/** Some of the names of a statement. */
function withoutParts(statement: TypeScript.Node, gone: ReadonlySet<TypeScript.Node>): readonly TextEdit[] {
  if (ts.isImportDeclaration(statement)) return importWithout(statement, gone);
  if (!ts.isVariableStatement(statement)) return [];
  const { declarations } = statement.declarationList;
  const lists: readonly (readonly TypeScript.Node[])[] = [
    declarations,
    ...declarations.map(({ name }) => (ts.isObjectBindingPattern(name) ? name.elements : [])),
  ];
  const whole = declarations.filter(
    ({ name }) =>
      ts.isObjectBindingPattern(name) && name.elements.length > 0 && name.elements.every((one) => gone.has(one)),
  );
  const all = new Set([...gone, ...whole]);
  return lists.flatMap((list) => (list.every((one) => all.has(one)) ? [] : withoutMembers(list, all)));
}

function importWithout(
  { importClause }: TypeScript.ImportDeclaration,
  gone: ReadonlySet<TypeScript.Node>,
): readonly TextEdit[] {
  const { name, namedBindings } = importClause ?? {};
  if (importClause === undefined || namedBindings === undefined) return [];
  const isBare = ts.isNamespaceImport(namedBindings)
    ? gone.has(namedBindings)
    : namedBindings.elements.every((one) => gone.has(one));
  const edits: TextEdit[] = [];
  if (name !== undefined && gone.has(importClause)) {
    const offset = name.getStart();
    edits.push({ offset, length: namedBindings.getStart() - offset, text: '' });
  } else if (name !== undefined && isBare) {
    edits.push({ offset: name.end, length: namedBindings.end - name.end, text: '' });
  }
  if (isBare || ts.isNamespaceImport(namedBindings)) return edits;
  return [...edits, ...withoutMembers(namedBindings.elements, gone)];
}

function withoutMembers(list: readonly TypeScript.Node[], gone: ReadonlySet<TypeScript.Node>): readonly TextEdit[] {
  const lastKept = list.findLastIndex((one) => !gone.has(one));
  return list.flatMap((one, at): readonly TextEdit[] => {
    if (!gone.has(one)) return [];
    const [next, before] = [list[at + 1], list[at - 1]];
    if (at < lastKept && next !== undefined)
      return [{ offset: one.getStart(), length: next.getStart() - one.getStart(), text: '' }];
    const offset = before?.end ?? one.getStart();
    return [{ offset, length: one.end - offset, text: '' }];
  });
}
