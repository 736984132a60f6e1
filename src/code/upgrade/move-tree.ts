import type { Entry } from './catalogs.ts';
import type { Chosen } from './choose-versions.ts';
import type { Slot, Tree } from './slots.ts';
import type { Hop } from './upgrade-path.ts';

/** The tree as it is after a hop. Pure. */
export function moved(tree: Tree, { hop, chosen }: { readonly hop: Hop; readonly chosen: Chosen }): Tree {
  const slots = tree.slots.map((slot): Slot => {
    const change = hop.changes.find(({ name, from }) => name === slot.name && from === slot.current);
    if (change === undefined) return slot;
    const declarations = slot.declarations.map((one) => ({ ...one, entry: movedEntry(one.entry, hop) }));
    return { ...slot, current: change.to, known: undefined, declarations };
  });
  const added = chosen.additions.flatMap(({ id, name, home, beside }): readonly Slot[] => {
    const version = chosen.values.get(id)?.value;
    const declaration = beside.declarations.find((one) => one.home === home);
    if (version === undefined || declaration === undefined) return [];
    const { isForDevelopment } = beside;
    const { file, group } = declaration;
    const declarations = [{ ...declaration, entry: { file, path: [group, name], value: `^${version}` } }];
    return [{ id, name, package: name, current: version, declarations, known: undefined, isForDevelopment }];
  });
  return {
    ...tree,
    slots: [...slots, ...added],
    peerDeclarations: tree.peerDeclarations.map((one) => ({ ...one, entry: movedEntry(one.entry, hop) })),
    pins: tree.pins.map((pin) => movedEntry(pin, hop)),
  };
}

function movedEntry(entry: Entry, hop: Hop): Entry {
  const changes = [...hop.changes, ...hop.overrides].flatMap(({ declared }) => declared);
  const change = changes.find(({ file, path }) => file === entry.file && path.join(' ') === entry.path.join(' '));
  return change === undefined ? entry : { ...entry, value: change.to };
}
