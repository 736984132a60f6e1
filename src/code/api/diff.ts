import type { Change, ExportName } from './change.ts';
import { diffItems } from './diff-items.ts';
import type { Meanings } from './fits.ts';
import { headOf, standsFor } from './item-view.ts';
import { describedBy } from './package-name.ts';
import { globalSpecifier } from './read-surface.ts';
import { movedMember, replacedExport } from './replacement-of.ts';
import type { DeclarationKey } from './shape.ts';
import type { Entry, Item, Surface } from './surface.ts';
import { userNames } from './user-names.ts';

/** All differences between two versions that can break a use, each told once, at its root. Pure. */
export function diffSurfaces(old: Surface, now: Surface): readonly Change[] {
  const names = userNames(old);
  const modules: Change[] = [];
  const pairs = new Map<DeclarationKey, Item>();
  const gone = new Map<DeclarationKey, { readonly item: Item; readonly exported: ExportName[] }>();
  for (const entry of old.entries) {
    const target = entryFor(now, entry);
    for (const [name, key] of entry.exports) {
      const item = old.items.get(key);
      if (item === undefined) continue;
      const next = target === undefined ? undefined : now.items.get(exportOf(target, name) ?? '');
      if (next !== undefined) pairs.set(key, next);
      else {
        const known = gone.get(key) ?? { item, exported: [] };
        known.exported.push({ specifier: entry.specifier, name });
        gone.set(key, known);
      }
    }
    if (entry.exportEquals === undefined || target === undefined) continue;
    pairModules(entry, { old, now, target, pairs });
    modules.push(...moduleChanges(entry, { old, now, target }));
  }
  pairNamespaces({ old, now, pairs });
  pairByName({ old, now, pairs });
  const meanings = meaningsOf({ old, now });
  const changes: Change[] = [...modules];
  for (const { item, exported } of gone.values()) {
    const told = removal(names.get(item.key) ?? item.name, item, exported);
    const left = exported.filter((one) => hasPath(now, one) && one.specifier !== globalSpecifier);
    if (left.length > 0) changes.push(replacedExport({ ...told, exported: left }, item, { old, now }));
    changes.push(
      ...exported
        .filter((one) => !left.includes(one))
        .flatMap((one) => lost({ ...told, exported: [one] }, item, { old, now })),
    );
  }
  for (const [key, next] of pairs) {
    const item = old.items.get(key);
    if (item === undefined) continue;
    const own = new Set(item.statics.map((member) => `${names.get(key) ?? item.name}.${member.name}`));
    for (const change of diffItems(names.get(key) ?? item.name, { old: item, now: next }, meanings))
      changes.push(own.has(change.symbol) ? movedMember(change, { old, now }) : change);
    changes.push(...goneFromNamespace(names.get(key) ?? item.name, { item, next }, { old, now }));
  }
  return once(changes);
}

type Sides = { readonly old: Surface; readonly now: Surface };
type Pairing = Sides & { readonly pairs: Map<DeclarationKey, Item> };

function entryFor({ entries }: Surface, { specifier, mode }: Entry): Entry | undefined {
  const named = entries.filter((entry) => entry.specifier === specifier);
  return named.find((entry) => entry.mode === mode) ?? named[0];
}

/** What was there without an import is used by its name. That a path is gone is told of the module: here only where to now. */
function lost(told: Change, item: Item, sides: Sides): readonly Change[] {
  const isGlobal = told.exported.some(({ specifier }) => specifier === globalSpecifier);
  const change = replacedExport(isGlobal ? { ...told, trigger: { kind: 'any' } } : told, item, sides);
  return isGlobal || change.rule === 'api/moved' ? [change] : [];
}

function hasPath({ entries }: Surface, { specifier }: ExportName): boolean {
  return entries.some((entry) => entry.specifier === specifier);
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

/** A module that was one thing (`export =`, `module.exports =`) and has named exports now. */
function moduleChanges(
  { specifier, exportEquals }: Entry,
  { old, now, target }: Sides & { readonly target: Entry },
): readonly Change[] {
  const item = exportEquals === undefined ? undefined : old.items.get(exportEquals);
  if (item === undefined || target.exportEquals !== undefined) return [];
  const byDefault = now.items.get(target.exports.get('default') ?? '');
  const told = {
    ...removal(item.name, item, [{ specifier, name: '*' }]),
    rule: 'api/export-equals-to-default',
  } as const;
  if (byDefault !== undefined) {
    return [
      {
        ...told,
        after: headOf(byDefault),
        replacement: { name: 'default', because: 'it is the default export', isCertain: true },
      },
    ];
  }
  const asDefault = replacedExport(removal(item.name, item, [{ specifier, name: 'default' }]), item, { old, now });
  return [asDefault, { ...asDefault, exported: [{ specifier, name: '*' }] }];
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

function nameIn({ keys, name }: Item): string {
  const home = /^(@[^/]+\/[^/]+|[^/]+)/.exec(keys[0] ?? '')?.[0] ?? '';
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
  { old, now }: Sides,
): readonly Change[] {
  const statics = new Set(next.statics.map(({ name }) => name));
  return [...item.exports].flatMap(([name, key]) => {
    const inner = old.items.get(key);
    if (inner === undefined || next.exports.has(name) || statics.has(name)) return [];
    const gone: Change = { ...removal(`${owner}.${name}`, inner, []), trigger: { kind: 'any' } };
    return [replacedExport(gone, inner, { old, now })];
  });
}

const gone = new Set(['api/member-removed', 'api/renamed', 'api/moved', 'api/removed']);

/** One declaration may be reached on several ways; each change of it is told once, of a base before those that inherit. */
function once(changes: readonly Change[]): readonly Change[] {
  const seen = new Map<string, Change>();
  const ordered = [
    ...changes.filter(({ isInherited }) => isInherited !== true),
    ...changes.filter(({ isInherited }) => isInherited === true),
  ];
  for (const change of ordered) {
    const rule = gone.has(change.rule) ? 'gone' : change.rule;
    const key = `${rule} ${change.keys.join(',')} ${JSON.stringify(change.trigger)} ${change.keys.length === 0 ? change.symbol : ''}`;
    if (!seen.has(key)) seen.set(key, change);
  }
  return [...seen.values()];
}
