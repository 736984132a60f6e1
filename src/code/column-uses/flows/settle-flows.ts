import type * as TypeScript from 'typescript';
import { type CodeUse, newNameOf, type UseTree } from '../code-use.ts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import type { Meeting } from './flow.ts';
import { namedTypeWith } from './written-types.ts';

/**
 * Takes the edit from a use whose value meets others on its way that were not followed, or whose written type names the
 * column too: an edit at one end alone would break the other. It is a certain use all the same.
 */
export function settleFlows(uses: readonly CodeUse[], { changes, names }: Settling): readonly CodeUse[] {
  const followed = waysFollowed(uses);
  const direct = new Set(uses.filter(isDirect).map(placeOf));
  const finals = new Map<string, string>();
  const kept = new Map<string, string>();
  for (const use of uses) {
    const { flow, change } = use;
    if (flow === undefined || newNameOf(changes[change]) === undefined) continue;
    const place = placeOf(use);
    const isOfConstant = flow.meetings.some(({ isConstant }) => isConstant === true);
    if (isOfConstant && direct.has(place)) continue;
    const known = followed.get(change);
    const open = flow.meetings.find(({ at, all }) => all === undefined || all.some((way) => !known?.get(at)?.has(way)));
    const type = namedTypeWith(flow.name, flow.types, names);
    const final = JSON.stringify(use.final);
    if (open?.isConstant === true) kept.set(place, standsElsewhere(open, known?.get(open.at)));
    else if (open !== undefined) kept.set(place, meets(use, flow.name));
    else if (type !== undefined) kept.set(place, isTyped(flow.name, type));
    else if (isOfConstant && (finals.get(place) ?? final) !== final) kept.set(place, severalWays);
    finals.set(place, final);
  }
  return uses.map((use): CodeUse => {
    const unedited = use.doubt === undefined ? kept.get(placeOf(use)) : undefined;
    return unedited === undefined ? use : { ...use, first: [], final: [], unedited };
  });
}

type Settling = Pick<UseTree, 'changes'> & { readonly names: NamesInTree };

/** Does it stand in its text by itself, not by the name of a constant? */
function isDirect({ doubt, flow, final }: CodeUse): boolean {
  const isThrough = flow?.meetings.some(({ isConstant }) => isConstant === true) === true;
  return doubt === undefined && final.length > 0 && !isThrough;
}

type Ways = ReadonlyMap<number, ReadonlyMap<TypeScript.Node, ReadonlySet<TypeScript.Node>>>;

/** By which ways the values of each change went through each meeting; what is only possible goes through no constant. */
function waysFollowed(uses: readonly CodeUse[]): Ways {
  const followed = new Map<number, Map<TypeScript.Node, Set<TypeScript.Node>>>();
  for (const { change, flow } of uses) {
    const own = followed.get(change) ?? new Map<TypeScript.Node, Set<TypeScript.Node>>();
    followed.set(change, own);
    for (const { at, by } of flow?.meetings ?? []) own.set(at, (own.get(at) ?? new Set()).add(by));
  }
  return followed;
}

const severalWays = 'No patch: it is used in several ways, which the new name would not fit alike. Change it by hand.';

/** Names one place that uses the constant otherwise. */
function standsElsewhere({ all }: Meeting, ways: ReadonlySet<TypeScript.Node> | undefined): string {
  const other = all?.find((one) => ways?.has(one) !== true);
  if (other === undefined)
    return 'No patch: it stands under a name that may be used where it is not seen. Change it by hand.';
  const source = other.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(other.getStart());
  return `No patch: it stands under a name that is used otherwise too, at ${source.fileName}:${line + 1}. Change it by hand.`;
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
