import { fromRoot, type Project } from '../../compiler/virtual-tree.ts';
import { folderPath } from '../../text/search-text.ts';
import { joined } from '../../tree/tree-path.ts';
import ts from '../../typescript.cts';
import { type Measured, type Measuring, measured, ownFiles } from './measured.ts';

/** Files that can be kept under a flag by a configuration of their own, and those that only reach one which cannot. */
export type StrictFiles = { readonly kept: readonly string[]; readonly reaching: readonly string[] };

const roundsMax = 5;

/**
 * The files that have no error under a flag and reach none that has: the compiler reads all that a file imports, and names
 * the errors there too; `known` are those that have errors without the flag. What is found is proved by a program of these files alone.
 */
export async function strictFiles(
  under: Measured,
  { known, ...measuring }: Measuring & { readonly known: Measured['errors'] },
): Promise<StrictFiles> {
  const all = ownFiles(under.project);
  const imports = new Map(all.map((path) => [path, importsOf(path, under.project)]));
  const bad = new Set([...under.errors.keys(), ...known.keys()]);
  for (let round = 0; round < roundsMax; round += 1) {
    const out = reaching(bad, imports);
    const kept = all.filter((path) => !out.has(path));
    if (kept.length === 0) break;
    const { errors } = await measured(under.texts, { ...measuring, roots: kept });
    if (errors.size === 0) return { kept, reaching: [...out].filter((path) => !under.errors.has(path)).toSorted() };
    for (const path of errors.keys()) bad.add(path);
  }
  return { kept: [], reaching: all.filter((path) => !under.errors.has(path)) };
}

/** Those that reach one of some files, and these. */
function reaching(bad: ReadonlySet<string>, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const out = new Set(bad);
  for (let size = -1; size < out.size; ) {
    size = out.size;
    for (const [path, all] of imports) if (all.some((one) => out.has(one))) out.add(path);
  }
  return out;
}

/** Files of the tree that one names: by import and export, as a type, by a call, or in a comment with three slashes. */
function importsOf(path: string, { checker, source }: Project): readonly string[] {
  const file = source(path);
  if (file === undefined) return [];
  const found = new Set(file.referencedFiles.map(({ fileName }) => joined(folderPath(path), fileName)));
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !ts.isPropertyAssignment(node.parent)) {
      for (const declaration of checker.getSymbolAtLocation(node)?.declarations ?? []) {
        const own = ts.isSourceFile(declaration) ? fromRoot(declaration.fileName) : undefined;
        if (own !== undefined) found.add(own);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found];
}
