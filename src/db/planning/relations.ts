import { fail } from '#core/error';
import { plainName, type QualifiedName, type Snapshot } from '../schema.ts';
import type { Target } from '../target.ts';

/**
 * Throws `name-taken` when a table, index, view or sequence of the schema has this name, or had it before the intent:
 * both are there at once while the plan runs. A table takes the name of a type too.
 */
export function checkRelationFree(
  { snapshot, before }: Target,
  name: QualifiedName,
  is: 'table' | 'index',
  ownId?: string,
): void {
  const others = { ...before, tables: before.tables.filter(({ id }) => id !== ownId) };
  const holder = holderOf(snapshot, name, is) ?? holderOf(others, name, is);
  if (holder === undefined) return;
  throw fail('name-taken', {
    what: `There already is ${holder} ${plainName(name)}.`,
    why: 'Tables, views, indexes and sequences of one schema share their names, and what the plan drops is there until its end.',
    next: 'Choose another name, or rename or drop the other first, in a plan of its own.',
  });
}

function holderOf(snapshot: Snapshot, name: QualifiedName, is: 'table' | 'index'): string | undefined {
  const plain = plainName(name);
  const has = (all: readonly QualifiedName[]) => all.some((one) => plainName(one) === plain);
  if (has(snapshot.tables)) return 'a table';
  if (has(snapshot.views)) return 'a view';
  if (has(snapshot.sequences)) return 'a sequence';
  if (is === 'table' && has(snapshot.types)) return 'a type';
  const relations = [...snapshot.tables, ...snapshot.views].filter(({ schema }) => schema === name.schema);
  const isIndex = relations.some(({ indexes }) => (indexes ?? []).some((index) => index.name === name.name));
  return isIndex ? 'an index' : undefined;
}
