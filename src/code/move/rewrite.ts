import type { Edge } from '../graph/module-graph.ts';
import { isModuleKind } from '../graph/occurrence.ts';
import { decodedPath, encodedPath, isUrl } from '../graph/percent.ts';
import type { Reach } from '../graph/reach.ts';
import { resolve, withoutSuffix } from '../graph/resolve.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { folderPath } from '../text/search-text.ts';
import { foldersUp, joined, relativeFrom } from '../tree/tree-path.ts';
import { aliasNames, importNames, packagePaths, relativeNames, type Wanted } from './candidates.ts';
import { type MovedPaths, movedPath } from './moved-paths.ts';
import { needsExtension } from './needs-extension.ts';

/** What becomes of a specifier: another text, or nothing that reaches the same file, with the reason. */
export type Rewritten =
  | { readonly kind: 'same' }
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'stuck'; readonly why: string };

/** The tree before and after the moves. */
export type Trees = { readonly before: TreeIndex; readonly after: TreeIndex; readonly moved: MovedPaths };

/** How a specifier is written after the moves, in its own style where that still reaches its file. Pure. */
export function rewrite(edge: Edge & { readonly reach: Reach }, trees: Trees): Rewritten {
  const { kind, specifier, reach } = edge;
  const from = movedPath(edge.from, trees.moved);
  const target = movedPath(reach.target, trees.moved);
  const written = withoutSuffix(specifier, kind);
  const suffix = specifier.slice(written.length);
  const plain = (reach.isEncoded === true ? decodedPath(written) : undefined) ?? written;
  const shown = (name: string): string => (plain === written ? name : encodedPath(name));
  const mustSay = saysMore(edge, { from, ...trees });
  const reaches = (text: string): boolean => {
    const found = resolve(from, { kind, specifier: text }, trees.after);
    return found?.target === target && !(mustSay && found.route === 'relative' && isShort(found));
  };
  const leaves = crossing({ ...edge, target, to: from }, trees);
  const shownAs = mustSay && isShort(reach) ? { ...reach, habit: 'script-for-type' as const } : reach;
  const wanted = { from, target, specifier: plain, reach: shownAs };
  const before = { from: edge.from, target: reach.target, specifier: plain, reach };
  // The shortest way stays the shortest way: a longer one that a person wrote is left while it leads there.
  const wasShortest = reach.route === 'relative' && relativeNames(before, trees.before)[0] === plain;
  const isShortest = !wasShortest || relativeNames(wanted, trees.after)[0] === plain;
  if (!leaves && isShortest && reaches(written)) return { kind: 'same' };
  const found = namesFor(wanted, { ...trees, leaves, kind })
    .map(shown)
    .find((name) => reaches(name) && isSafe(name) && !(isUrl(kind) && isSplit(name, plain)));
  if (found !== undefined) return { kind: 'edit', text: found + suffix };
  return { kind: 'stuck', why: whyStuck(wanted, leaves, trees.after) };
}

function isShort({ habit }: Reach): boolean {
  return habit === 'no-extension' || habit === 'index';
}

/** True where an extension that could be left out has to be said now: a module that comes to where names are resolved as Node does it. */
function saysMore({ kind, from: old }: Edge, { from, before, after }: Trees & { readonly from: string }): boolean {
  if (!isModuleKind(kind) || kind === 'require' || kind === 'require-resolve') return false;
  return needsExtension(from, after) && !needsExtension(old, before);
}

type Crossing = Edge & { readonly reach: Reach; readonly target: string; readonly to: string };

/** True where a path within one package would become one into another. */
function crossing({ kind, from, reach, target, to }: Crossing, { before, after }: Trees): boolean {
  if (!isModuleKind(kind) || reach.route === 'package') return false;
  const wasTogether = before.homeOf(from)?.folder === before.homeOf(reach.target)?.folder;
  const [home, other] = [after.homeOf(to), after.homeOf(target)];
  if (!wasTogether || home?.folder === other?.folder) return false;
  return [home, other].every((one) => one !== undefined && after.members.has(one.folder));
}

function namesFor(
  wanted: Wanted,
  { after, leaves, kind }: Trees & { readonly leaves: boolean; readonly kind: Edge['kind'] },
): readonly string[] {
  if (leaves) return packagePaths(wanted, after);
  const { route } = wanted.reach;
  const relative = relativeNames(wanted, after);
  if (route === 'relative') return isModuleKind(kind) ? [...relative, ...importNames(wanted, after)] : relative;
  if (route === 'alias' || route === 'base-url') return [...aliasNames(wanted, after), ...relative];
  if (route === 'imports') return [...importNames(wanted, after), ...relative];
  const isOwn = after.homeOf(wanted.from)?.folder === after.homeOf(wanted.target)?.folder;
  return [...packagePaths(wanted, after), ...(isOwn ? relative : [])];
}

/** A name in which a URL ends before its path does, or that it reads otherwise; one that was written so is somebody's way. */
function isSplit(name: string, before: string): boolean {
  return /[#?]|%(?![0-9A-F]{2})/.test(name.replace(/^#/, '')) && !/[#?%]/.test(before.replace(/^#/, ''));
}

/** Text that can stand between any quotes. */
function isSafe(name: string): boolean {
  return !/["'`\\\n$]/.test(name);
}

function whyStuck({ target, reach }: Wanted, leaves: boolean, after: TreeIndex): string {
  const home = after.homeOf(target);
  const name = home?.name ?? `the package in ${home?.folder ?? '.'}`;
  if (leaves && home?.name === undefined)
    return `it would lead into another package, ${home?.folder ?? '.'}, which has no name`;
  if (leaves || (reach.route === 'package' && home?.exports !== undefined)) return `${name} does not export ${target}`;
  if (/[#?%]/.test(target))
    return `in a URL, as which it is read, ${target} would end at its # or ?, or its % mean another`;
  return `no form of its own reaches ${target}`;
}

/**
 * A relative name of what git does not track, as it is written from where its file goes: it leads to the same place. Undefined
 * where it does so already, and for what lies in a folder that goes. Pure.
 */
export function outwardText({ kind, specifier, from, reach }: Edge, moved: MovedPaths): string | undefined {
  const home = folderPath(movedPath(from, moved));
  const plain = withoutSuffix(specifier, kind);
  if (reach !== undefined || !/^\.\.?\//.test(plain) || kind === 'computed' || kind === 'glob') return undefined;
  const target = joined(folderPath(from), plain);
  const isGoing = foldersUp(target).some((folder) => moved.folders.has(folder));
  if (home === folderPath(from) || target.startsWith('..') || isGoing) return undefined;
  const way = relativeFrom(home, target);
  const text = `${way}${plain.endsWith('/') && !way.endsWith('/') ? '/' : ''}${specifier.slice(plain.length)}`;
  return text === specifier || !isSafe(text) ? undefined : text;
}
