import { applyEdits } from '../engine/apply-edits.ts';
import { EditList } from '../engine/edit-list.ts';
import type { TextEdit } from '../recipe.ts';
import type ts from '../typescript.cts';

/** An edit with the top-level statement in which it stands: by it the edit is taken back where it makes an error. */
export type Repair = TextEdit & { readonly path: string; readonly statement: number };

/** The number of the statement of a file in which a place stands. */
export function statementAt(file: ts.SourceFile, offset: number): number {
  return file.statements.findIndex((one) => one.pos <= offset && offset <= one.end);
}

/** Texts with repairs made, each once. Pure. */
export function withRepairs(
  texts: ReadonlyMap<string, string>,
  repairs: readonly Repair[],
): ReadonlyMap<string, string> {
  const made = new Map(texts);
  const byPath = new Map<string, Map<string, Repair>>();
  for (const repair of repairs) {
    const own = byPath.get(repair.path) ?? new Map<string, Repair>();
    byPath.set(repair.path, own.set(`${repair.offset} ${repair.text}`, repair));
  }
  for (const [path, own] of byPath) {
    const edits = new EditList();
    for (const { offset, length, text } of own.values()) edits.replace(offset, offset + length, text);
    made.set(path, applyEdits(texts.get(path) ?? '', edits.all()).text);
  }
  return made;
}
