import type { Change, ExportName } from './change.ts';
import { diffItems, headOf, standsFor } from './diff-items.ts';
import type { Meanings } from './fits.ts';
import { describedBy } from './package-name.ts';
import type { DeclarationKey } from './shape.ts';
import type { Entry, Item, Surface } from './surface.ts';
import { userNames } from './user-names.ts';

/** All differences between two versions that can break a use, each told once, at its root. Pure. */
export function diffSurfaces(old: Surface, now: Surface): readonly Change[] {
  const names = userNames(old);
  const pairs = new Map<DeclarationKey, Item>();
  const gone = new Map<DeclarationKey, { readonly item: Item; readonly exported: ExportName[] }>();
  for (const entry of old.entries) {
    const target = entryFor(now, entry);
    for (const [name, key] of entry.exports) {
      const item = old.items.get(key);
      if (item === undefined) continue;
      const next = target === undefined ? undefined : now.items.get(exportOf(target, name) ?? '');
      if (next !== undefined) pairs.set(key, next);
      else if (target !== undefined) {
        const known = gone.get(key) ?? { item, exported: [] };
        known.exported.push({ specifier: entry.specifier, name });
        gone.set(key, known);
      }
    }
    if (entry.exportEquals !== undefined && target !== undefined) pairModules(entry, { old, now, target, pairs });
  }
  pairNamespaces({ old, now, pairs });
  pairByName({ old, now, pairs });
  const meanings = meaningsOf({ old, now });
  const changes: Change[] = [];
  for (const { item, exported } of gone.values())
    changes.push(removal(names.get(item.key) ?? item.name, item, exported));
  for (const [key, next] of pairs) {
    const item = old.items.get(key);
    if (item === undefined) continue;
    changes.push(...diffItems(names.get(key) ?? item.name, { old: item, now: next }, meanings));
    changes.push(...goneFromNamespace(names.get(key) ?? item.name, { item, next }, old));
  }
  return once(changes);
}

type Sides = { readonly old: Surface; readonly now: Surface };
type Pairing = Sides & { readonly pairs: Map<DeclarationKey, Item> };

function entryFor({ entries }: Surface, { specifier, mode }: Entry): Entry | undefined {
  const named = entries.filter((entry) => entry.specifier === specifier);
  return named.find((entry) => entry.mode === mode) ?? named[0];
}

function exportOf(entry: Entry, name: string): DeclarationKey | undefined {
  return entry.exports.get(name);
}

function pairModules(entry: Entry, { old, now, target, pairs }: Pairing & { readonly target: Entry }): void {
  const item = entry.exportEquals === undefined ? undefined : old.items.get(entry.exportEquals);
  const next = target.exportEquals ?? target.exports.get('default');
  const found = next === undefined ? undefined : now.items.get(next);
  if (item !== undefined && found !== undefined) pairs.set(item.key, found);
}

/** What both namespaces export under one name is the same thing. */
function pairNamespaces({ old, now, pairs }: Pairing): void {
  for (const [key, next] of pairs) {
    for (const [name, inner] of old.items.get(key)?.exports ?? []) {
      const found = now.items.get(next.exports.get(name) ?? '');
      if (found !== undefined && !pairs.has(inner)) pairs.set(inner, found);
    }
  }
}

/** What no entry exports is the same thing where its name is, in a package of the same purpose. */
function pairByName({ old, now, pairs }: Pairing): void {
  const byName = new Map<string, Item[]>();
  for (const item of now.items.values()) byName.set(nameIn(item), [...(byName.get(nameIn(item)) ?? []), item]);
  for (const item of old.items.values()) {
    if (pairs.has(item.key)) continue;
    const found = byName.get(nameIn(item)) ?? [];
    const [only] = found.filter((candidate) => candidate.kinds.some((kind) => item.kinds.includes(kind)));
    if (only !== undefined) pairs.set(item.key, only);
  }
}

function nameIn({ key, name }: Item): string {
  const home = /^(@[^/]+\/[^/]+|[^/]+)/.exec(key)?.[0] ?? '';
  return `${describedBy(home)} ${name}`;
}

function meaningsOf({ old, now }: Sides): Meanings {
  return {
    isSame: (source, target) =>
      source.name === target.name && (source.item === undefined) === (target.item === undefined),
    expand({ item }) {
      const found = item === undefined ? undefined : (old.items.get(item) ?? now.items.get(item));
      return found === undefined ? undefined : standsFor(found);
    },
    verdicts: new Map(),
  };
}

function removal(symbol: string, item: Item, exported: readonly ExportName[]): Change {
  return {
    rule: 'api/removed',
    symbol,
    keys: item.keys,
    exported,
    trigger: { kind: 'import' },
    before: headOf(item),
    after: '',
  };
}

function goneFromNamespace(
  owner: string,
  { item, next }: { readonly item: Item; readonly next: Item },
  old: Surface,
): readonly Change[] {
  const statics = new Set(next.statics.map(({ name }) => name));
  return [...item.exports].flatMap(([name, key]) => {
    const inner = old.items.get(key);
    if (inner === undefined || next.exports.has(name) || statics.has(name)) return [];
    return [{ ...removal(`${owner}.${name}`, inner, []), trigger: { kind: 'any' } as const }];
  });
}

/** One declaration may be reached on several ways; each change of it is told once. */
function once(changes: readonly Change[]): readonly Change[] {
  const seen = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.rule} ${change.keys.join(',')} ${JSON.stringify(change.trigger)} ${change.keys.length === 0 ? change.symbol : ''}`;
    if (!seen.has(key)) seen.set(key, change);
  }
  return [...seen.values()];
}
