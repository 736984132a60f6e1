import ts from '../typescript.cts';
import { type Repair, statementAt } from './repair.ts';
import { absolute, type Project } from './virtual-tree.ts';

/** Types that say no more than what an operator or a method of a parameter says. */
const plainType =
  /^: (string|number|boolean|bigint|undefined|null|Date|RegExp)(\[\])?( \| (string|number|boolean|undefined|null))*$/;

const format = ts.getDefaultFormatCodeSettings('\n');

/** Types of parameters and variables without any, from how they are used, as the compiler's own code fix finds them. */
export function inferredTypes(path: string, { service, source }: Project): readonly Repair[] {
  const file = source(path);
  if (file === undefined) return [];
  const { changes } = service.getCombinedCodeFix(
    { type: 'file', fileName: absolute(path) },
    'inferFromUsage',
    format,
    {},
  );
  const all = changes.filter(({ fileName }) => fileName === absolute(path)).flatMap(({ textChanges }) => textChanges);
  if (all.some(({ newText, span }) => span.length > 0 || /\bimport\b/.test(newText))) return [];
  const typed = all.filter(({ newText, span }) => {
    if (!/^: /.test(newText) || /\b(any|unknown|never)\b|=>.*=>|^: (undefined|null)$/.test(newText)) return false;
    return plainType.test(newText) || !isExported(file, span.start);
  });
  const kept = all.filter(
    (change) =>
      typed.includes(change) ||
      (/^[()]$/.test(change.newText) &&
        typed.some(
          ({ span }) =>
            Math.abs(span.start - change.span.start) < 200 && isSameArrow(file, span.start, change.span.start),
        )),
  );
  return kept.map(({ span, newText }) => ({
    path,
    offset: span.start,
    length: 0,
    text: newText,
    statement: statementAt(file, span.start),
  }));
}

/** True in a statement that others import from: who calls it is not all known, so that only plain types are taken for it. */
function isExported(file: ts.SourceFile, offset: number): boolean {
  const statement = file.statements[statementAt(file, offset)];
  if (statement === undefined || ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const names = file.statements.flatMap((one) =>
    ts.isExportDeclaration(one) && one.exportClause !== undefined && ts.isNamedExports(one.exportClause)
      ? one.exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : [],
  );
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) || declares(statement, names);
}

function declares(statement: ts.Statement, names: readonly string[]): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name !== undefined && names.includes(statement.name.text);
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(({ name }) => ts.isIdentifier(name) && names.includes(name.text))
  );
}

/** True where both places stand around the one parameter of an arrow function. */
function isSameArrow(file: ts.SourceFile, one: number, other: number): boolean {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  return /^[\w$]*$/.test(file.text.slice(from, to));
}
