import type { Cut } from './cut.ts';

/** What a cut does, in words: what moves where, and which imports are written otherwise. Pure. */
export function costInWords({ layout, remedies }: Cut): string {
  const targets = [...new Set(layout.moved.values())];
  const moves = targets.map((path) => {
    const ids = [...layout.moved].flatMap(([id, to]) => (to === path ? [id] : []));
    const [from = ''] = ids.map((id) => id.slice(0, id.lastIndexOf('#')));
    return `${ids.map((id) => id.slice(id.lastIndexOf('#') + 1)).join(', ')} of ${from} to ${path}`;
  });
  const links = remedies.flatMap(({ kind, from, to }) => {
    if (kind === 'type-import') return [`${from} takes ${to} as types`];
    return kind === 'direct-import' ? [`${from} imports straight what it takes from ${to}`] : [];
  });
  const count = layout.moved.size;
  const moved =
    count === 0
      ? 'nothing moves'
      : `${count} ${count === 1 ? 'declaration moves' : 'declarations move'} (${moves.join('; ')})`;
  return [moved, ...links].join('; ');
}
