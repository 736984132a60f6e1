import type * as TypeScript from 'typescript';
import { resolve } from '../../graph/resolve.ts';
import type { TreeIndex } from '../../graph/tree-index.ts';
import ts from '../../typescript.cts';
import { type ModuleNames, moduleNames, type Taken, whole } from './module-names.ts';

/** A file whose modules are looked at. */
export type ModuleFile = {
  readonly path: string;
  readonly text: string;
  tree(): TypeScript.SourceFile | undefined;
};

/** What a name that comes from elsewhere stands for: something that a file declares, or all of a file. */
export type Target =
  | { readonly kind: 'node'; readonly node: TypeScript.Node }
  | { readonly kind: 'module'; readonly path: string };

/** The modules of a tree and what they take of each other, where that is static. */
export type TreeModules = {
  namesOf(path: string): ModuleNames | undefined;
  /** What a declaration that takes a name from another file stands for. */
  takenFrom(declaration: TypeScript.Declaration): Target | undefined;
  /** What a file gives under a name. */
  givenBy(path: string, name: string): Target | undefined;
  /** The files that name a file, with the specifier by which they do. */
  namedIn(path: string): readonly { readonly path: string; readonly specifier: string }[];
  /** Files that name something that is not found, and might be this one. */
  mayBeNamedIn(path: string): boolean;
};

const depthMax = 8;

/** Nothing is resolved before it is asked for. */
export function treeModules(files: ReadonlyMap<string, ModuleFile>, index: TreeIndex): TreeModules {
  const read = new Map<string, ModuleNames | undefined>();
  const reached = new Map<string, string | undefined>();
  let named: Naming | undefined;
  const namesOf = (path: string) => {
    if (!read.has(path)) {
      const tree = files.get(path)?.tree();
      read.set(path, tree === undefined ? undefined : moduleNames(tree));
    }
    return read.get(path);
  };
  const reach = (from: string, specifier: string) => {
    const key = `${from}\n${specifier}`;
    if (!reached.has(key)) reached.set(key, resolve(from, { kind: 'import', specifier }, index)?.target);
    return reached.get(key);
  };
  const follow = (path: string, name: string, depth: number): Target | undefined => {
    const names = depth > depthMax ? undefined : namesOf(path);
    if (names === undefined) return undefined;
    const further = (specifier: string, wanted: string) => {
      const target = reach(path, specifier);
      return target === undefined ? undefined : follow(target, wanted, depth + 1);
    };
    const all = names.given.find((one) => one.name === whole);
    const isOne = all?.what.kind === 'own' && !ts.isObjectLiteralExpression(all.what.node);
    if (name === '*') return (isOne ? standing(all.what.node, names, further) : undefined) ?? { kind: 'module', path };
    const own = names.given.find((one) => one.name === name);
    if (own?.what.kind === 'of') return further(own.what.specifier, own.what.name);
    if (own !== undefined) return standing(own.what.node, names, further);
    const stars = name === 'default' ? [] : names.all;
    for (const specifier of stars) {
      const found = further(specifier, name);
      if (found !== undefined) return found;
    }
    return name === 'default' && all?.what.kind === 'own' ? standing(all.what.node, names, further) : undefined;
  };
  return {
    namesOf,
    givenBy: (path, name) => follow(path, name, 0),
    takenFrom: (declaration) => {
      const from = declaration.getSourceFile().fileName;
      const taken = namesOf(from)?.taken.find((one) => one.declaration === declaration);
      const target = taken && reach(from, taken.specifier);
      return taken === undefined || target === undefined ? undefined : follow(target, taken.name, 0);
    },
    namedIn: (path) => {
      named ??= namingOf(files, reach);
      return named.found.get(path) ?? [];
    },
    mayBeNamedIn: (path) => {
      named ??= namingOf(files, reach);
      return named.lost.has(stemOf(path));
    },
  };
}

type Further = (specifier: string, name: string) => Target | undefined;

/** An identifier at the top level of a file stands for what the file declares or takes under it. */
function standing(node: TypeScript.Node, { declared, taken }: ModuleNames, further: Further): Target | undefined {
  if (!ts.isIdentifier(node)) return { kind: 'node', node };
  const declaration = declared.get(node.text);
  const from = taken.find((one: Taken) => one.declaration === declaration);
  if (from !== undefined) return further(from.specifier, from.name);
  return declaration === undefined ? undefined : { kind: 'node', node: declaration };
}

type Naming = {
  readonly found: ReadonlyMap<string, readonly { readonly path: string; readonly specifier: string }[]>;
  /** The last parts of specifiers that reach nothing. */
  readonly lost: ReadonlySet<string>;
};

const specifiers = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"`]([^'"`\n]+)['"`]/g;

/** `knex`, `@scope/name`, `node:path` */
const isPackage = /^([\w.-]+|@[\w-]+\/[\w.-]+|node:.*)$/;

function namingOf(
  files: ReadonlyMap<string, ModuleFile>,
  reach: (from: string, specifier: string) => string | undefined,
): Naming {
  const found = new Map<string, { path: string; specifier: string }[]>();
  const lost = new Set<string>();
  for (const { path, text } of files.values()) {
    for (const [, specifier = ''] of text.matchAll(specifiers)) {
      const target = reach(path, specifier);
      const known = target === undefined ? undefined : found.get(target);
      if (target === undefined) {
        if (!isPackage.test(specifier)) lost.add(stemOf(specifier));
      } else if (known === undefined) found.set(target, [{ path, specifier }]);
      else if (known.every((one) => one.path !== path || one.specifier !== specifier)) known.push({ path, specifier });
    }
  }
  return { found, lost };
}

function stemOf(path: string): string {
  const bare = path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return bare.slice(bare.lastIndexOf('/') + 1);
}
