import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { importEdits } from '../../../engine/import-edits.ts';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { ConvertedFile } from '../convert-file.ts';

/** The edits of the imports of a file: names that nothing uses go, and the local module comes. */
export function changedImports(
  file: ConvertedFile,
  { specifier, checker }: { readonly specifier: string; readonly checker: TypeScript.TypeChecker },
): readonly TextEdit[] {
  const { source, names } = file;
  const unused = names.names.filter((one) => !isStillUsed(one.name, file, checker));
  const edits = [...importEdits({ source, unused, names: names.names })];
  const { statement } = names;
  if (statement === undefined || hasImport(source, specifier)) return edits;
  const line = importLine(file, statement, specifier);
  const at = edits.findIndex(({ offset, text }) => offset === statement.getStart() && text === '');
  const whole = edits[at];
  const newLine = source.text.includes('\r\n') ? '\r\n' : '\n';
  if (whole !== undefined && whole.offset + whole.length >= statement.end)
    edits[at] = { ...whole, text: `${line}${source.text.slice(statement.end, whole.offset + whole.length)}` };
  else edits.push({ offset: statement.end, length: 0, text: `${newLine}${line}` });
  return edits;
}

function isStillUsed(name: TypeScript.Identifier, file: ConvertedFile, checker: TypeScript.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  for (const node of nodesBelow(file.source)) {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text || file.gone.has(node)) continue;
    const { parent } = node;
    const used = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : ts.isExportSpecifier(parent)
        ? checker.getExportSpecifierLocalTargetSymbol(parent)
        : checker.getSymbolAtLocation(node);
    if (used === symbol) return true;
  }
  return false;
}

function hasImport(source: TypeScript.SourceFile, specifier: string): boolean {
  return new RegExp(`['"\`]${specifier.replaceAll('.', '\\.')}['"\`]`).test(source.text);
}

function importLine({ names }: ConvertedFile, statement: TypeScript.Statement, specifier: string): string {
  const text = statement.getText();
  const quote = /["'`](?=moment)/.exec(text)?.[0] ?? "'";
  const end = text.endsWith(';') ? ';' : '';
  const quoted = `${quote}${specifier}${quote}`;
  if (names.form !== 'require') return `import { dayjs } from ${quoted}${end}`;
  const keyword = /^\w+/.exec(text)?.[0] ?? 'const';
  return `${keyword} { dayjs } = require(${quoted})${end}`;
}
