import type * as TypeScript from 'typescript';
import { type CodeUse, newNameOf, type UseTree } from './code-use.ts';
import { namedTypeWith } from './written-types.ts';

/**
 * Takes the edit from a use whose value meets others on its way that were not followed, or whose written type names the
 * column too: an edit at one end alone would break the other. It is a certain use all the same.
 */
export function settleFlows(
  uses: readonly CodeUse[],
  { files, changes }: Pick<UseTree, 'files' | 'changes'>,
): readonly CodeUse[] {
  const followed = waysFollowed(uses);
  const names = new Map(files.map((file) => [file.path, file.names()]));
  const kept = new Map<string, string>();
  for (const use of uses) {
    const { flow, path, change } = use;
    if (flow === undefined || newNameOf(changes[change]) === undefined) continue;
    const open = flow.meetings.find(({ at, all }) => {
      const known = followed.get(change)?.get(at);
      return all === undefined || all.some((way) => known?.has(way) !== true);
    });
    const type = namedTypeWith(flow.name, flow.types, names.get(path));
    if (open !== undefined) kept.set(placeOf(use), meets(use, flow.name));
    else if (type !== undefined) kept.set(placeOf(use), isTyped(flow.name, type));
  }
  return uses.map((use): CodeUse => {
    const unedited = use.doubt === undefined ? kept.get(placeOf(use)) : undefined;
    return unedited === undefined ? use : { ...use, first: [], final: [], unedited };
  });
}

type Ways = ReadonlyMap<number, ReadonlyMap<TypeScript.Node, ReadonlySet<TypeScript.Node>>>;

/** By which ways the values of each change went through each meeting. */
function waysFollowed(uses: readonly CodeUse[]): Ways {
  const followed = new Map<number, Map<TypeScript.Node, Set<TypeScript.Node>>>();
  for (const { change, flow } of uses) {
    const own = followed.get(change) ?? new Map<TypeScript.Node, Set<TypeScript.Node>>();
    followed.set(change, own);
    for (const { at, by } of flow?.meetings ?? []) own.set(at, (own.get(at) ?? new Set()).add(by));
  }
  return followed;
}

function placeOf({ path, start, change }: CodeUse): string {
  return `${path} ${start} ${change}`;
}

function meets({ role }: CodeUse, name: string): string {
  return role === 'write'
    ? `No patch: what has ${name} here goes elsewhere too. Change it together with who reads it there.`
    : `No patch: other values come here too, such as rows that keep the name ${name}. Change it together with the queries that give them.`;
}

function isTyped(name: string, type: string): string {
  return `No patch: the type ${type} names ${name} too. Change both together.`;
}
