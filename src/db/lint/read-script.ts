import type { Node } from 'libpg-query';
import { sourceText } from '../drivers/postgres/sql/source-text.ts';
import { parseQuickly } from '../drivers/postgres/sql/syntax-tree.ts';
import type { TransactionMode } from '../history.ts';
import { afterComments } from './text/after-comments.ts';
import { unclosedComment } from './text/comments.ts';
import { splitStatements } from './text/split-statements.ts';
import { transactionsOf } from './transactions.ts';
import type { LintStatement } from './unit.ts';

/** The statements of a text, and what of it does not parse. Offsets count in the whole file, in UTF-16 code units. */
export type Script = {
  readonly statements: readonly LintStatement[];
  readonly failures: readonly {
    readonly start: number;
    readonly end: number;
    readonly index: number;
    readonly message: string;
  }[];
};

type Read = Pick<LintStatement, 'node' | 'start' | 'end' | 'indexAtByte'>;

/** Reads the part of a file from `start` to `end`. A statement that does not parse costs no other one its reading. */
export function readScript(
  text: string,
  part: { readonly start: number; readonly end: number; readonly transaction: TransactionMode },
): Script {
  const slice = text.slice(part.start, part.end);
  const failures: Script['failures'][number][] = [];
  const whole = readStatements(slice, part.start);
  const read =
    'message' in whole
      ? splitStatements(slice).flatMap(({ start, end }) => {
          const one = readStatements(slice.slice(start, end), part.start + start);
          if (!('message' in one)) return one;
          const place = { start: part.start + start, end: part.start + end };
          failures.push({ ...place, index: place.start + one.index, message: one.message });
          return [];
        })
      : whole;
  const open = unclosedComment(slice);
  if (open !== undefined) {
    const [start, end] = [part.start + open, part.start + slice.length];
    failures.push({ start, end, index: start, message: 'a comment that begins here is never closed' });
  }
  const transactions = transactionsOf(
    read.map(({ node }) => node),
    part.transaction,
  );
  return {
    statements: read.map((one, place) => ({ ...one, ...(transactions[place] ?? outside), within: undefined })),
    failures,
  };
}

const outside = { transaction: 0, isInTransaction: false, isManaged: false, isAlone: true };

function readStatements(
  text: string,
  offset: number,
): readonly Read[] | { readonly message: string; readonly index: number } {
  const parsed = parseQuickly(text);
  if ('message' in parsed) return parsed;
  const source = sourceText(text);
  return parsed.statements.flatMap(({ stmt, stmt_location = 0, stmt_len }): readonly Read[] => {
    if (stmt === undefined) return [];
    const from = source.indexAtByte(stmt_location);
    const to = stmt_len === undefined ? text.length : source.indexAtByte(stmt_location + stmt_len);
    const node: Node = stmt;
    const end = offset + from + text.slice(from, to).trimEnd().length;
    return [
      {
        node,
        start: offset + afterComments(text, from, to),
        end,
        indexAtByte: (byte) => offset + source.indexAtByte(byte),
      },
    ];
  });
}
