import { headOf } from './diff-items.ts';
import type { DeclarationKey, Member } from './shape.ts';
import type { Item, Surface } from './surface.ts';
import { userNames } from './user-names.ts';

/** A symbol as users write it, with its signature in both versions; empty where a version does not have it. */
export type NamedSymbol = {
  readonly symbol: string;
  readonly package: string;
  readonly before: string;
  readonly after: string;
};

/** Every declaration of the old version by its key: for uses that no change explains. */
export function symbolIndex(old: Surface, now: Surface): ReadonlyMap<DeclarationKey, NamedSymbol> {
  const index = new Map<DeclarationKey, NamedSymbol>();
  const names = userNames(old);
  const later = new Map<string, Item>();
  for (const item of now.items.values()) if (!later.has(item.name)) later.set(item.name, item);
  for (const item of old.items.values()) {
    const symbol = names.get(item.key) ?? item.name;
    const next = later.get(item.name);
    const whole = { symbol, package: old.package, before: headOf(item), after: next === undefined ? '' : headOf(next) };
    const add = (key: DeclarationKey, named: NamedSymbol): void => {
      if (!index.has(key)) index.set(key, named);
    };
    for (const key of item.keys) add(key, whole);
    for (const signature of [...item.calls, ...item.constructs])
      for (const key of signature.keys) add(key, { ...whole, before: signature.text });
    for (const member of [...item.members, ...item.statics]) {
      if (!member.isOwn) continue;
      const named = {
        symbol: `${symbol}.${member.name}`,
        package: old.package,
        before: member.text,
        after: memberOf(next, member)?.text ?? '',
      };
      for (const key of [...member.keys, ...signatureKeys(member)]) add(key, named);
    }
  }
  return index;
}

function memberOf(item: Item | undefined, { name }: Member): Member | undefined {
  return [...(item?.members ?? []), ...(item?.statics ?? [])].find((member) => member.name === name);
}

function signatureKeys({ shape }: Member): readonly DeclarationKey[] {
  return shape.kind === 'object' ? [...shape.calls, ...shape.constructs].flatMap(({ keys }) => keys) : [];
}
