import { readFileSync } from 'node:fs';
import ts from '../typescript.cts';
import { packageNameOf } from './package-name.ts';
import { isTooLarge, type TreeProject } from './tree-projects.ts';

/** The specifiers under which the tree's files import packages, by package. Read by syntax alone. */
export function usedSpecifiers(projects: readonly TreeProject[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { files } of projects) {
    for (const file of files) {
      if (isTooLarge(file)) continue;
      const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
      for (const { fileName } of [...importedFiles, ...typeReferenceDirectives]) {
        const name = packageNameOf(fileName);
        if (name === undefined) continue;
        found.set(name, (found.get(name) ?? new Set()).add(fileName));
      }
    }
  }
  return new Map([...found].map(([name, specifiers]) => [name, [...specifiers].sort()]));
}
