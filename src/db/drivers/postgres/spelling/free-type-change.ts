import type { Column } from '../../../schema.ts';

type Typed = Pick<Column, 'type' | 'collation'>;

/**
 * Changes of type that the server makes in the catalog alone, without rewriting the table or its indexes; measured on
 * PostgreSQL 18 (free-type-change.test.ts).
 */
export function isFreeTypeChange(from: Typed, to: Typed): boolean {
  if (from.collation !== to.collation) return false;
  const [old, next] = [readType(from.type), readType(to.type)];
  if (old === undefined || next === undefined) return false;
  if (old.name === next.name) return isWider(old, next);
  const isText = (type: TypeName) => type.name === 'text' || type.name === 'character varying';
  return isText(old) && isText(next) && next.modifiers.length === 0;
}

type TypeName = { readonly name: string; readonly modifiers: readonly number[] };

/** `numeric(10,2)`, `character varying(40)`, `timestamp(3) with time zone`; undefined for arrays. */
function readType(type: string): TypeName | undefined {
  const match = /^([a-z ]+?)(?:\((\d+(?:,-?\d+)?)\))?( with(?:out)? time zone)?$/.exec(type);
  if (match === null) return undefined;
  return {
    name: `${match[1] ?? ''}${match[3] ?? ''}`,
    modifiers: (match[2] ?? '').split(',').filter(Boolean).map(Number),
  };
}

const widening = ['character varying', 'bit varying', 'numeric', 'interval'];
const timed = /^time/;

function isWider(old: TypeName, next: TypeName): boolean {
  if (!widening.includes(old.name) && !timed.test(old.name)) return false;
  // Without a precision, times keep microseconds.
  const finest = timed.test(old.name) || old.name === 'interval' ? 6 : undefined;
  const [length = finest, scale] = old.modifiers;
  const [newLength = finest, newScale] = next.modifiers;
  if (newLength === undefined) return true;
  if (length === undefined) return false;
  return newLength >= length && (scale ?? 0) === (newScale ?? 0);
}
