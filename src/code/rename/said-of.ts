import ts from '../typescript.cts';

/** What the compiler says at an offset of a file; long messages are cut. */
export type Said = { readonly code: number; readonly start: number; readonly message: string };

/** All that the compiler says of a file; nothing where the program does not have it. */
export function saidOf(program: ts.Program, path: string): readonly Said[] {
  const file = program.getSourceFile(path);
  if (file === undefined) return [];
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ code, start = 0, messageText }) => ({
      code,
      start,
      message: ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300),
    }),
  );
}
