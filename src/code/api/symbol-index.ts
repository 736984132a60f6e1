import { headOf } from './item-view.ts';
import type { DeclarationKey, Member, Shape } from './shape.ts';
import { showMember, showSignature } from './spell-shape.ts';
import type { Item, Surface } from './surface.ts';
import { userNames } from './user-names.ts';

/** A symbol of the old version as users write it. */
export type NamedSymbol = {
  readonly symbol: string;
  /** The package whose surface it was found in. */
  readonly package: string;
  /** Its signature in both versions; empty where a version does not have it. Spelled when asked: few are. */
  describe(): { readonly before: string; readonly after: string };
};

/** Every declaration of the old version by its key: for uses that no change explains. */
export function symbolIndex(old: Surface, now: Surface): ReadonlyMap<DeclarationKey, NamedSymbol> {
  const index = new Map<DeclarationKey, NamedSymbol>();
  const names = userNames(old);
  const later = new Map<string, Item>();
  for (const item of now.items.values()) if (!later.has(item.name)) later.set(item.name, item);
  const add = (keys: readonly DeclarationKey[], named: Omit<NamedSymbol, 'package'>): void => {
    for (const key of keys) if (!index.has(key)) index.set(key, { ...named, package: old.package });
  };
  for (const item of old.items.values()) {
    const symbol = names.get(item.key) ?? item.name;
    const next = later.get(item.name);
    const after = (): string => (next === undefined ? '' : headOf(next));
    for (const signature of [...item.calls, ...item.constructs]) {
      add(signature.keys, { symbol, describe: () => ({ before: showSignature(signature), after: after() }) });
    }
    for (const member of [...item.members, ...item.statics]) {
      if (!member.isOwn) continue;
      const describe = () => ({ before: showMember(member), after: showNamed(next, member) });
      const keys = [...member.keys, ...keysInside(member.shape)];
      add(keys, { symbol: `${symbol}.${member.name}`, describe });
    }
    const shapes = shapesOf(item);
    for (const member of shapes.flatMap(membersInside)) {
      const describe = () => ({ before: showMember(member), after: showNamed(next, member) });
      add(member.keys, { symbol: `${symbol}.${member.name}`, describe });
    }
    const inside = shapes.flatMap(keysInside);
    add([...item.keys, ...inside], { symbol, describe: () => ({ before: headOf(item), after: after() }) });
  }
  return index;
}

function showNamed(item: Item | undefined, { name }: Member): string {
  if (item === undefined) return '';
  const members = [...item.members, ...item.statics, ...shapesOf(item).flatMap(membersInside)];
  const found = members.find((member) => member.name === name);
  return found === undefined ? '' : showMember(found);
}

/** What an item is made of that has no name of its own: the type it stands for, what its parameters take. */
function shapesOf({ alias, value, calls, constructs }: Item): readonly Shape[] {
  const taken = [...calls, ...constructs].flatMap(({ parameters }) => parameters.map(({ shape }) => shape));
  return [alias, value].flatMap((shape) => shape ?? []).concat(taken);
}

/** Members of anonymous types at any depth: options that have no type with a name. */
function membersInside(shape: Shape): readonly Member[] {
  switch (shape.kind) {
    case 'union':
    case 'intersection':
      return shape.parts.flatMap(membersInside);
    case 'object':
      return [
        ...shape.members.flatMap((member) => [member, ...membersInside(member.shape)]),
        ...[...shape.calls, ...shape.constructs].flatMap(({ parameters }) =>
          parameters.flatMap((parameter) => membersInside(parameter.shape)),
        ),
      ];
    default:
      return [];
  }
}

/** Declarations inside of an anonymous type: its members, its signatures, what their parameters hold. */
function keysInside(shape: Shape): readonly DeclarationKey[] {
  switch (shape.kind) {
    case 'union':
    case 'intersection':
      return shape.parts.flatMap(keysInside);
    case 'object':
      return [
        ...shape.members.flatMap((member) => [...member.keys, ...keysInside(member.shape)]),
        ...[...shape.calls, ...shape.constructs].flatMap(({ keys, parameters }) => [
          ...keys,
          ...parameters.flatMap((parameter) => keysInside(parameter.shape)),
        ]),
      ];
    default:
      return [];
  }
}
