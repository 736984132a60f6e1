import type { Chosen } from './choose-versions.ts';
import type { Slot, Tree } from './slots.ts';
import type { Hop } from './upgrade-path.ts';

/** The tree as it is after a hop. Pure. */
export function moved(tree: Tree, { hop, chosen }: { readonly hop: Hop; readonly chosen: Chosen }): Tree {
  const slots = tree.slots.map((slot): Slot => {
    const change = hop.changes.find(({ name, from }) => name === slot.name && from === slot.current);
    if (change === undefined) return slot;
    const declarations = slot.declarations.map((one) => {
      const declared = change.declared.find(({ file, group }) => file === one.file && group === one.group)?.to;
      return declared === undefined ? one : { ...one, raw: declared, declared };
    });
    return { ...slot, current: change.to, known: undefined, declarations };
  });
  const added = chosen.additions.flatMap(({ id, name, home, beside }): readonly Slot[] => {
    const version = chosen.values.get(id)?.value;
    const declaration = beside.declarations.find((one) => one.home === home);
    if (version === undefined || declaration === undefined) return [];
    const range = `^${version}`;
    const { isForDevelopment } = beside;
    const declarations = [{ ...declaration, raw: range, declared: range }];
    return [{ id, name, package: name, current: version, declarations, known: undefined, isForDevelopment }];
  });
  return { ...tree, slots: [...slots, ...added] };
}
