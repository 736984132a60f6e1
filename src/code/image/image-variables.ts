import { isCommandPlace } from '../command-files.ts';
import { findAll } from '../text/search-text.ts';
import type { Found, ImageArguments } from '../version-place.ts';
import { isDockerfile } from './read-dockerfile.ts';

/** What is looked for: the pattern of an image's name, that of its versions, and variables that others read. */
export type ImageSearch = {
  readonly image: string;
  /** With one group, the version. */
  readonly version: string;
  /** Instructions (`ARG`, `ENV`) of these names are left out. */
  readonly known: RegExp;
  /** What stands before a variable where it says the same version to something else than an image. */
  readonly beside?: string;
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
  const defaults = findAll(text, new RegExp(`${heldBy(search)}\\$\\{\\w+:?-${search.version}\\}`, 'dgi'));
  const names = imageVariableNames(text, search);
  const valuesOf = (known: readonly string[]) => known.flatMap((name) => valuesIn(text, name, search));
  const inOrder = (found: readonly Found[]) => found.toSorted((one, other) => one.offset - other.offset);
  return { only: inOrder([...defaults, ...valuesOf(names.only)]), shared: inOrder(valuesOf(names.shared)) };
}

/** The names of those variables, whether the file gives them a value or not. Pure. */
export function imageVariableNames(
  text: string,
  search: ImageSearch,
): { readonly only: readonly string[]; readonly shared: readonly string[] } {
  const variable = '\\$[{(]?([A-Za-z_]\\w*)';
  const uses = [...text.matchAll(new RegExp(`${heldBy(search)}${variable}[^\\s"'@]*(@?)`, 'gi'))];
  const beside =
    search.beside === undefined ? [] : [...text.matchAll(new RegExp(`(?:${search.beside})${variable}`, 'g'))];
  const only: string[] = [];
  const shared: string[] = [];
  for (const name of new Set([...uses, ...beside].flatMap((use) => use[1] ?? []))) {
    const all = [...text.matchAll(new RegExp(`(?:\\$[{(]?|\\benv\\.)${name}\\b`, 'g'))].length;
    const own = [...uses, ...beside].filter((use) => use[1] === name);
    const isOnly = own.length === all && own.every((use) => (use[2] ?? '') === '');
    (isOnly ? only : shared).push(name);
  }
  return { only, shared };
}

/** What the files of a tree say of such arguments. One that two Dockerfiles use for different things is shared. Pure. */
export function imageArguments(texts: ReadonlyMap<string, string>, search: ImageSearch): ImageArguments {
  const only = new Set<string>();
  const shared = new Set<string>();
  const dockerfiles = [...texts].flatMap(([path, text]) => (isDockerfile(path) ? [text] : []));
  const names = dockerfiles.map((text) => imageVariableNames(text, search));
  for (const found of names) {
    for (const name of found.only) only.add(name);
    for (const name of found.shared) shared.add(name);
  }
  dockerfiles.forEach((text, at) => {
    for (const [, name = ''] of text.matchAll(/^[ \t]*ARG[ \t]+(\w+)/gim))
      if (names[at]?.only.includes(name) !== true && only.has(name)) shared.add(name);
  });
  for (const name of shared) only.delete(name);
  const isMeant = (name: string) => only.has(name) || (search.known.test(name) && !shared.has(name));
  const taken = [...texts].flatMap(([path, text]) => (isCommandPlace(path) ? takenNames(text, search, isMeant) : []));
  return { only, shared, taken: new Set(taken) };
}

/** Names from which a file takes the version of an image, or an argument that says one: `args: { PY: ${TAG} }`, `args: [PY]`. */
function takenNames(text: string, search: ImageSearch, isMeant: (name: string) => boolean): readonly string[] {
  const given = [...text.matchAll(/(?<![\w.-])(\w+)["']?[ \t]*[:=][ \t]*["']?\$[{(]?(\w+)/g)];
  const bare = [...text.matchAll(/^[ \t]+(?:-[ \t]+["']?(\w+)["']?|(\w+):)[ \t]*\r?$/gm)].map(
    ([, item, key]) => item ?? key ?? '',
  );
  return [
    ...imageVariableNames(text, search).only,
    ...given.flatMap(([, name = '', from = '']) => (isMeant(name) ? [from] : [])),
    ...bare.filter(isMeant),
  ];
}

function heldBy({ image }: ImageSearch): string {
  return `(?:\\bFROM[ \\t]+(?:--\\S+[ \\t]+)*|\\b(?:image|name)["']?[ \\t]*:[ \\t]*["']?)(?:[\\w.:\${}-]+/)*(?:${image}):(?:\\d+-)?`;
}

function valuesIn(text: string, name: string, { version, known }: ImageSearch): readonly Found[] {
  const end = `(?=["' \\t,}\\]\\r\\n]|$)`;
  const assigned = `^[ \\t]*(?:(?:ARG|ENV|export)[ \\t]+(?:[^\\r\\n]*[ \\t])?)?${name}(?:[ \\t]*[:?]?=[ \\t]*|(?<=ENV[ \\t]+\\w+)[ \\t]+)`;
  const instructions = known.test(name) ? [] : findAll(text, new RegExp(`${assigned}["']?${version}${end}`, 'dgm'));
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
