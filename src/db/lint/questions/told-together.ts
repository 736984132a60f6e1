import type { Hit } from '../../rule.ts';
import type { DeclaredColumn } from './declared-columns.ts';
import { namesInWords } from './names-in-words.ts';

/** How a sentence about one column or several of a table begins. */
export type Subject = { readonly names: string; readonly isOne: boolean };

/** One hit for all columns of a statement with the same flaw, at the first of them; none for none. */
export function toldTogether(
  columns: readonly DeclaredColumn[],
  messageOf: (subject: Subject) => string,
): readonly Hit[] {
  const [first] = columns;
  if (first === undefined) return [];
  const table = first.table?.relname;
  const isOne = columns.length === 1;
  const names = isOne ? `${table}.${first.name}` : `${namesInWords(columns.map(({ name }) => name))} of ${table}`;
  return [{ message: messageOf({ names, isOne }), at: first.isOfNewTable ? first.definition.location : undefined }];
}
