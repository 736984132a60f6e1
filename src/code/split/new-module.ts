import { type Layout, ownNeeds } from './layout.ts';
import type { ModuleShape, TopLevel } from './module-shape.ts';

/** A new module, and which parts of it stood where before. */
export type NewModule = {
  readonly path: string;
  readonly text: string;
  readonly from: string;
  /** Copied parts: offset here, offset there, length. */
  readonly copied: readonly { readonly here: number; readonly there: number; readonly length: number }[];
};

/** The module that what leaves another one makes: its imports, then the declarations in their order with their comments. Pure. */
export function newModule(shape: ModuleShape, path: string, head: readonly string[], layout: Layout): NewModule {
  const line = shape.text.includes('\r\n') ? '\r\n' : '\n';
  const copied: { here: number; there: number; length: number }[] = [];
  const outside = new Set(
    ownNeeds(shape, layout).flatMap(({ target, needed }) => (target === path ? [needed.id] : [])),
  );
  const leaving = shape.topLevels
    .filter(({ id }) => layout.moved.get(id) === path)
    .flatMap((one) => one.ranges.map((range) => ({ one, ...range })))
    .toSorted((one, other) => one.start - other.start);
  const { directives } = shape;
  const gap = directives.length > 0 && head.length > 0 ? [''] : [];
  let text = [...directives, ...gap, ...head].map((one) => one + line).join('');
  const put = (start: number, end: number): void => {
    copied.push({ here: text.length, there: start, length: end - start });
    text += shape.text.slice(start, end);
  };
  for (const [at, { one, start, begin, end }] of leaving.entries()) {
    const isTight = at > 0 && !/\n[^\S\n]*\r?\n\s*$/.test(shape.text.slice(leaving[at - 1]?.end ?? 0, start));
    if (text !== '' && !isTight) text += line;
    put(start, begin);
    if (mustBeExported(one, outside)) text += 'export ';
    put(begin, end);
    text += line;
  }
  return { path, text, from: shape.path, copied };
}

function mustBeExported({ id, isExported }: TopLevel, outside: ReadonlySet<string>): boolean {
  return !isExported && outside.has(id);
}
