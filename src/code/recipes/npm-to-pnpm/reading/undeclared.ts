import { isBuiltin } from 'node:module';
import { edgesOf, readNames } from '../../../graph/module-graph.ts';
import { isModuleKind } from '../../../graph/occurrence.ts';
import type { TreeView } from '../../../recipe.ts';
import { dependencyGroups } from '../../../snapshot.ts';
import { type NpmPackage, type NpmTree, programsOf } from './npm-tree.ts';

/** A package that is used without being declared, as it is installed now; one of the workspace by that protocol. */
export type Undeclared = {
  readonly of: NpmPackage;
  readonly name: string;
  readonly version: string;
  readonly group: 'dependencies' | 'devDependencies';
};

/**
 * Packages that code imports, or whose programs scripts call, only because npm laid them at the top of node_modules. pnpm
 * lays there what is declared. https://pnpm.io/symlinked-node-modules-structure
 */
export async function undeclared(npm: NpmTree, tree: TreeView): Promise<readonly Undeclared[]> {
  const read = async (path: string) => {
    const file = await tree.read(path);
    return file === undefined ? { why: 'It cannot be read.' } : { text: file.text };
  };
  const { names, index } = await readNames({ paths: tree.paths, read }, new AbortController().signal);
  const found = new Map<string, Undeclared>();
  const add = (home: NpmPackage, name: string): void => {
    const place = [`${home.folder}/node_modules/${name}`, `node_modules/${name}`].find((at) => at in npm.locked);
    const entry = place === undefined ? undefined : npm.locked[place];
    const version = entry?.link === true ? 'workspace:*' : entry?.version;
    if (entry === undefined || version === undefined || isDeclared(home, name, npm)) return;
    const group = entry.dev ? 'devDependencies' : 'dependencies';
    found.set(`${home.folder} ${name}`, { of: home, name, version, group });
  };
  for (const { kind, specifier, reach, from } of edgesOf(names, index)) {
    const name = /^(?:@[^/]+\/)?[^@./#:][^/:]*/.exec(specifier)?.[0];
    if (name === undefined || !isModuleKind(kind) || isBuiltin(specifier)) continue;
    if (reach === undefined || npm.locked[`node_modules/${name}`]?.link === true) add(homeOf(from, npm), name);
  }
  for (const home of npm.packages) for (const name of calledIn(home, npm)) add(home, name);
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function isDeclared(home: NpmPackage, name: string, { root }: NpmTree): boolean {
  if (home.manifest.name === name) return true;
  return [home, root].some(({ manifest }) => dependencyGroups.some((group) => name in manifest[group]));
}

function homeOf(path: string, { packages, root }: NpmTree): NpmPackage {
  const within = packages.filter(({ folder }) => path.startsWith(`${folder}/`));
  return within.toSorted((one, other) => other.folder.length - one.folder.length)[0] ?? root;
}

/** Packages of programs with which a command of a script begins, and which no declared package brings. */
function calledIn(home: NpmPackage, npm: NpmTree): readonly string[] {
  const programs = programsOf(home, npm);
  const words = Object.values(home.manifest.scripts).flatMap((script) =>
    script.split(/&&|\|\||[;|]/).map((command) => /^\s*(?:\w+=\S*\s+)*(\S+)/.exec(command)?.[1] ?? ''),
  );
  return words.flatMap((word) => {
    if (programs.has(word)) return [];
    const place = Object.keys(npm.locked).find(
      (at) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(at) && word in (npm.locked[at]?.bin ?? {}),
    );
    return place === undefined ? [] : [place.slice('node_modules/'.length)];
  });
}
