import { fail } from '#core/error';
import { plainName, type QualifiedName } from '../schema.ts';
import type { Target } from '../target.ts';

/** Throws `name-taken` when a table, index, view or sequence of the schema has this name. */
export function checkRelationFree({ snapshot }: Target, name: QualifiedName): void {
  const holder = holderOf(snapshot, name);
  if (holder === undefined) return;
  throw fail('name-taken', {
    what: `There already is ${holder} ${plainName(name)}.`,
    why: 'Tables, views, indexes and sequences of one schema share their names.',
    next: 'Choose another name, or rename or drop the other first, in a plan of its own.',
  });
}

function holderOf(snapshot: Target['snapshot'], name: QualifiedName): string | undefined {
  const plain = plainName(name);
  if (snapshot.tables.some((table) => plainName(table) === plain)) return 'a table';
  if (snapshot.views.some((view) => plainName(view) === plain)) return 'a view';
  if (snapshot.sequences.some((sequence) => plainName(sequence) === plain)) return 'a sequence';
  const isIndex = snapshot.tables.some(
    ({ schema, indexes }) => schema === name.schema && indexes.some((index) => index.name === name.name),
  );
  return isIndex ? 'an index' : undefined;
}
