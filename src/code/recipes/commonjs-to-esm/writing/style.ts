import ts from '../../../typescript.cts';
import { type CommonModule, walk } from '../reading/common-module.ts';
import { isReserved } from '../reading/export-shape.ts';

/** How a file is written, and the names that it may still take. */
export type Style = {
  readonly end: string;
  readonly quote: string;
  /** A name that nothing in the file has; the same word again gives another one. */
  fresh(word: string): string;
};

/** Reads the habits of a file. */
export function styleOf({ source, text }: CommonModule): Style {
  const taken = new Set<string>();
  let [single, double] = [0, 0];
  walk(source, (node) => {
    if (ts.isIdentifier(node)) taken.add(node.text);
    if (ts.isStringLiteral(node)) {
      if (text[node.getStart(source)] === '"') double += 1;
      else single += 1;
    }
  });
  const ends = source.statements.filter((one) => text[one.end - 1] === ';').length;
  const bare = source.statements.filter((one) => !/[;}]/.test(text[one.end - 1] ?? '')).length;
  return {
    end: bare > ends ? '' : ';',
    quote: double > single ? '"' : "'",
    fresh(word) {
      const base = nameOf(word);
      let name = base;
      for (let count = 1; taken.has(name) || isReserved(name); count += 1)
        name = count === 1 ? `${base}Module` : `${base}Module${count}`;
      taken.add(name);
      return name;
    },
  };
}

/** A name in camel case from a specifier or another word. */
function nameOf(word: string): string {
  const last = word
    .replace(/^node:/, '')
    .replace(/\/index(\.[cm]?js)?$/, '')
    .replace(/\.[cm]?js(on)?$/, '')
    .split('/')
    .filter((part) => /[A-Za-z]/.test(part))
    .at(-1);
  const name = (last ?? 'imported')
    .replace(/^[^A-Za-z_$]+/, '')
    .replace(/[^A-Za-z0-9_$]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
  return name === '' ? 'imported' : name;
}
