import { fail } from '#core/error';
import { type Column, plainName, type Table } from '../schema.ts';

/** Throws `unsafe-change` for a column whose values come from elsewhere than a default. */
export function refuseNoDefault(table: Table, { name, identity, generated }: Column): void {
  if (identity === undefined && generated === undefined) return;
  const kind = identity === undefined ? 'a generated column' : 'an identity column';
  throw fail('unsafe-change', {
    what: `${plainName(table)}.${name} is ${kind}.`,
    why: `The server takes no default for ${kind}.`,
    next: 'Leave this statement out.',
  });
}

type Defaulted = Pick<Column, 'defaultExpression' | 'defaultVolatility'>;

/**
 * The default that is in force between expand and contract: a new one is set at the start, one that goes away stays
 * until the old version is gone.
 */
export function runningDefault(before: Column, after: Column): Defaulted {
  const { defaultExpression, defaultVolatility } = after.defaultExpression === undefined ? before : after;
  return { defaultExpression, defaultVolatility };
}
