import ts from '../typescript.cts';
import type { Project } from './virtual-tree.ts';

/** How many `any` a file holds: those that are written, and those that the compiler takes where nothing is written. */
export type AnyCount = { readonly written: number; readonly implied: number; readonly first: number };

/** Counts them in a project with every flag of `strict`; the codes from 7005 to 7057 are those of `noImplicitAny`. */
export function countAny(path: string, project: Project): AnyCount {
  const source = project.source(path);
  if (source === undefined) return { written: 0, implied: 0, first: 0 };
  const places: number[] = [];
  let written = 0;
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      written += 1;
      places.push(node.getStart(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const implied = project.diagnostics(path).filter(isImpliedAny);
  places.push(...implied.flatMap(({ start }) => (start === undefined ? [] : [start])));
  return { written, implied: implied.length, first: places.length === 0 ? 0 : Math.min(...places) };
}

/** True for an error that says that something is `any` without being told. */
export function isImpliedAny({ code }: ts.Diagnostic): boolean {
  return code >= 7005 && code <= 7057 && code !== 7027 && code !== 7028 && code !== 7029 && code !== 7030;
}
