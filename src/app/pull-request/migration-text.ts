import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';
import type { MigrationFile } from '#db/history';
import { readScript } from '#db/lint/read-script';
import { maskForeign } from '#db/lint/text/mask-foreign';

/** What of a migration runs forward: as one text with the lines of the file, and statement by statement. */
export type MigrationText = { readonly text: string; readonly statements: readonly string[] };

/** Limits of a session, which a plan has of its own. */
const limits = /^(lock_timeout|statement_timeout|idle_in_transaction_session_timeout|client_min_messages)$/;

/** What goes back, what is no SQL and what only sets limits of the session is blank in the text. */
export async function migrationText({ text, parts }: MigrationFile): Promise<MigrationText> {
  await loadParser();
  const masked = maskForeign(text).text;
  const forward = parts.filter(({ direction }) => direction === 'up');
  const scripts = forward.map((part) => readScript(masked, part));
  const read = scripts.flatMap(({ statements }) => statements);
  const gone = read.filter(({ node }) => 'VariableSetStmt' in node && limits.test(node.VariableSetStmt.name ?? ''));
  const blank = gone.flatMap(({ start, end }) => [{ start, end: masked[end] === ';' ? end + 1 : end }]);
  return {
    text: blankOutside(masked, forward, blank),
    statements: read.map(({ start, end }) => masked.slice(start, end)),
  };
}

type Stretch = { readonly start: number; readonly end: number };

function blankOutside(text: string, kept: readonly Stretch[], gone: readonly Stretch[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of kept.toSorted((one, other) => one.start - other.start)) {
    pieces.push(blanked(text.slice(at, start)));
    const inside = gone.filter((one) => one.start >= start && one.end <= end);
    let from = start;
    for (const one of inside) {
      pieces.push(text.slice(from, one.start), blanked(text.slice(one.start, one.end)));
      from = one.end;
    }
    pieces.push(text.slice(from, end));
    at = end;
  }
  return [...pieces, blanked(text.slice(at))].join('');
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
