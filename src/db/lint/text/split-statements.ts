import { afterComments } from './after-comments.ts';
import { scanSql } from './scan-sql.ts';

/** The statements of a text that does not parse as a whole: ranges between semicolons outside quotes and comments. */
export function splitStatements(text: string): readonly { readonly start: number; readonly end: number }[] {
  const ends = scanSql(text).filter(({ kind }) => kind === 'semicolon');
  const starts = [0, ...ends.map(({ end }) => end)];
  return starts
    .map((start, place) => ({ start, end: ends[place]?.start ?? text.length }))
    .filter((range) => afterComments(text, range.start, range.end) < range.end);
}
