import { findAll } from '../text/search-text.ts';
import type { Found } from '../version-place.ts';

/** What is looked for: the pattern of an image's name, that of its versions, and variables that others read. */
export type ImageSearch = {
  readonly image: string;
  /** With one group, the version. */
  readonly version: string;
  /** Instructions (`ARG`, `ENV`) of these names are left out. */
  readonly known: RegExp;
};

/** Values of variables by which the version of an image is said. */
export type ImageVariables = {
  /** Of those that say nothing else in the file. */
  readonly only: readonly Found[];
  /** Of those that a file also uses for another thing, or beside a digest. */
  readonly shared: readonly Found[];
};

/** The variables of `FROM node:${V}` and `image: node:$V` in one file, where the file gives them a value. Pure. */
export function imageVariables(text: string, search: ImageSearch): ImageVariables {
  const held = `(?:\\bFROM[ \\t]+(?:--\\S+[ \\t]+)*|\\b(?:image|name)["']?[ \\t]*:[ \\t]*["']?)(?:[\\w.:\${}-]+/)*(?:${search.image}):`;
  const uses = [...text.matchAll(new RegExp(`${held}\\$\\{?([A-Za-z_]\\w*)[^\\s"'@]*(@?)`, 'gi'))];
  const names = [...new Set(uses.flatMap((use) => use[1] ?? []))];
  const only: Found[] = findAll(text, new RegExp(`${held}\\$\\{\\w+:?-${search.version}\\}`, 'dgi')).slice();
  const shared: Found[] = [];
  for (const name of names) {
    const all = [...text.matchAll(new RegExp(`\\$\\{?${name}\\b`, 'g'))].length;
    const own = uses.filter((use) => use[1] === name);
    const isOnly = own.length === all && own.every((use) => use[2] === '');
    (isOnly ? only : shared).push(...valuesOf(text, name, search));
  }
  const inOrder = (found: Found[]): readonly Found[] => found.sort((one, other) => one.offset - other.offset);
  return { only: inOrder(only), shared: inOrder(shared) };
}

function valuesOf(text: string, name: string, { version, known }: ImageSearch): readonly Found[] {
  const end = `(?=["' \\t,}\\]\\r\\n]|$)`;
  const instructions = known.test(name)
    ? []
    : findAll(text, new RegExp(`^[ \\t]*(?:ARG|ENV)[ \\t]+${name}[= \\t]+["']?${version}${end}`, 'dgm'));
  const key = `(?:^[ \\t-]*|[{,][ \\t]*)["']?${name}["']?[ \\t]*:[ \\t]*`;
  const scalars = findAll(text, new RegExp(`${key}["']?${version}${end}`, 'dgm'));
  const listed = findAll(text, new RegExp(`${key}(\\[[^\\]$]*\\])`, 'dgm')).flatMap((list) =>
    findAll(list.value, new RegExp(`(?<=[\\[,\\s"'])${version}${end}`, 'dg')).map(({ value, offset }) => ({
      value,
      offset: list.offset + offset,
    })),
  );
  return [...instructions, ...scalars, ...listed];
}
