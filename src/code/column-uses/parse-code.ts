import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';

/** The syntax tree of a file, with parents; undefined where it does not parse. */
export function parseCode(path: string, text: string): TypeScript.SourceFile | undefined {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  // The compiler keeps what it could not parse on the file, and does not say so in its types.
  const faults: unknown = Reflect.get(tree, 'parseDiagnostics');
  return Array.isArray(faults) && faults.length > 0 ? undefined : tree;
}
