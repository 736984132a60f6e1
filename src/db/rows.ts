import type * as z from 'zod';
import { assert } from '#core/assert';
import type { Row } from './session.ts';

type Result = { readonly rows: readonly Row[] };

/** All rows of a result, parsed. */
export function rowsOf<Schema extends z.ZodType>(result: Result, schema: Schema): readonly z.infer<Schema>[] {
  return result.rows.map((row) => schema.parse(row));
}

/** The first row of a result that must have one. */
export function firstRow<Schema extends z.ZodType>(result: Result, schema: Schema): z.infer<Schema> {
  const row = result.rows[0];
  assert(row !== undefined, 'a query that always has a row gave none');
  return schema.parse(row);
}
