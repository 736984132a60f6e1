import type { TextEdit } from '../text/file-edits.ts';
import ts from '../typescript.cts';
import type { RenamePlace } from './rename-places.ts';

/** What an export under the old name says of itself. */
function note(to: string): string {
  return `/** @deprecated Use \`${to}\`. */`;
}

/** `export { a }` that gets the new name, and keeps the old one besides. */
export function keepingText(place: RenamePlace, { from, to }: { readonly from: string; readonly to: string }): string {
  return place.role === 'export' ? `${to}, ${note(to)} ${to} as ${from}` : place.text;
}

/**
 * The export under the old name at the end of a file, where its declaration exports itself; undefined where it does not, and an
 * `export { … }` does.
 */
export function oldNameExport(
  file: ts.SourceFile,
  name: ts.Node,
  { from, to, checker }: { readonly from: string; readonly to: string; readonly checker: ts.TypeChecker },
): TextEdit | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  const declarations = symbol?.declarations ?? [];
  const isExported = declarations.some((one) => {
    const flags = ts.getCombinedModifierFlags(one);
    return (flags & ts.ModifierFlags.Export) !== 0 && (flags & ts.ModifierFlags.Default) === 0;
  });
  if (!isExported || symbol === undefined) return undefined;
  const isType = (symbol.flags & ts.SymbolFlags.Value) === 0;
  const ending = file.text.includes('\r\n') ? '\r\n' : '\n';
  const lines = [`export${isType ? ' type' : ''} {`, `  ${note(to)}`, `  ${to} as ${from},`, '};', ''];
  const gap = file.text.endsWith('\n') ? ending : ending + ending;
  return { offset: file.text.length, length: 0, before: '', text: gap + lines.join(ending) };
}
