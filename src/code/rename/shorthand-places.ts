import ts from '../typescript.cts';
import { meaningsIn, type Place } from './meanings.ts';
import { nodeAt, type PlacesOptions, type RenamePlace } from './rename-places.ts';
import type { RenameProject } from './rename-project.ts';

/** Where a shorthand that declares a property stands. */
export type ShorthandOptions = {
  readonly root: string;
  readonly from: string;
  readonly to: string;
  readonly file: string;
  readonly offset: number;
  readonly texts: ReadonlyMap<string, string>;
};

/** Where the property of a shorthand is read: the compiler's search can begin there. Shorthands are written out at once. */
export type ShorthandPlaces = Pick<PlacesOptions, 'starts'> & { readonly written: readonly RenamePlace[] };

/** The property that `{ name }` declares: begun at the shorthand, the compiler's search would mean the variable. */
export function shorthandPlaces(project: RenameProject, options: ShorthandOptions): ShorthandPlaces {
  const { root, from, to, texts } = options;
  const place: Place = (file, offset) => `${file}:${offset}`;
  const property = place(options.file, options.offset);
  const starts: { readonly file: string; readonly offset: number }[] = [];
  const written: RenamePlace[] = [];
  for (const path of project.files) {
    const isNaming = texts.get(path)?.includes(from) === true;
    const file = isNaming ? project.program.getSourceFile(`${root}/${path}`) : undefined;
    if (file === undefined) continue;
    for (const meaning of meaningsIn(project.program, file, { root, names: new Set([from]), place }).values()) {
      if (![...meaning.property, ...meaning.variable].includes(property)) continue;
      const at = { file: path, offset: meaning.offset };
      if (!isShorthand(nodeAt(file, meaning.offset))) starts.push(at);
      else written.push({ ...at, length: from.length, text: `${to}: ${from}`, side: 'property', role: 'other' });
    }
  }
  return { starts, written };
}

/** `{ name }` as an object or a pattern. */
function isShorthand(node: ts.Node | undefined): boolean {
  const parent = node?.parent;
  if (parent === undefined) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return ts.isBindingElement(parent) && parent.name === node && parent.propertyName === undefined;
}
