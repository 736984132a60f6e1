import { headOf } from './diff-items.ts';
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
    const inside = [item.alias, item.value].flatMap((shape) => (shape === undefined ? [] : keysInside(shape)));
    const calls = [...item.calls, ...item.constructs].flatMap(({ parameters }) =>
      parameters.flatMap(({ shape }) => keysInside(shape)),
    );
    add([...item.keys, ...inside, ...calls], { symbol, describe: () => ({ before: headOf(item), after: after() }) });
  }
  return index;
}

function showNamed(item: Item | undefined, { name }: Member): string {
  const found = [...(item?.members ?? []), ...(item?.statics ?? [])].find((member) => member.name === name);
  return found === undefined ? '' : showMember(found);
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
