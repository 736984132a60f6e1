import { dependencyGroups } from '../snapshot.ts';
import type { Entry } from './catalogs.ts';
import type { Declaration, Slot, Tree } from './slots.ts';
import type { Hop, VersionChange } from './upgrade-path.ts';

/** The tree as it is after a hop. Pure. */
export function moved(tree: Tree, hop: Hop): Tree {
  const slots = tree.slots.map((slot): Slot => {
    const change = hop.changes.find(({ name, from }) => name === slot.name && from === slot.current);
    if (change === undefined) return slot;
    const declarations = slot.declarations.map((one) => ({ ...one, entry: movedEntry(one.entry, hop) }));
    return { ...slot, package: change.package ?? slot.name, current: change.to, known: undefined, declarations };
  });
  const added = hop.changes.filter(({ from }) => from === undefined).map(addedSlot);
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

function addedSlot({ name, package: published = name, to, declared }: VersionChange): Slot {
  const declarations = declared.flatMap(({ file, group, path, to: value }): readonly Declaration[] => {
    const known = dependencyGroups.find((one) => one === group);
    const home = file.replace(/\/?package\.json$/, '');
    return known === undefined
      ? []
      : [{ home: home === '' ? '.' : home, file, group: known, entry: { file, path, value } }];
  });
  const isForDevelopment = declarations.every(({ group }) => group === 'devDependencies');
  const id = `${name}@${to} in ${declarations.map(({ home }) => home).join(' ')}`;
  return { id, name, package: published, current: to, declarations, known: undefined, isForDevelopment };
}
