import type { Comment } from '../text/comments.ts';
import type { PlacedSuppression, Stretch, SuppressionRequest } from './placed-suppression.ts';
import type { MalformedComment, SuppressionComment } from './suppression-comment.ts';

type Malformed = { readonly comment: Comment; readonly said: MalformedComment };

/**
 * Tells which statement each suppression comment of a file belongs to: that around it, else the one that ended before it
 * on its line, else the next one. A comment of Atlas in the header of a file is about the file, one of Postgres Language
 * Server may be about all up to its end.
 */
export function placesOf(
  { text, statements, parts }: Pick<SuppressionRequest, 'text' | 'statements' | 'parts'>,
  comments: readonly Comment[],
  read: (comment: Comment) => SuppressionComment | MalformedComment | undefined,
): { readonly placed: readonly PlacedSuppression[]; readonly malformed: readonly Malformed[] } {
  const placed: PlacedSuppression[] = [];
  const malformed: Malformed[] = [];
  const spans = trimmed(statements, comments, text);
  const headerEnd = fileHeader.exec(text)?.[0].length ?? 0;
  const begun: PlacedSuppression[] = [];
  for (const comment of comments) {
    const said = read(comment);
    if (said === undefined) continue;
    const part = parts === undefined ? { start: 0, end: text.length } : partOf(parts, comment);
    if ('malformed' in said) {
      if (part !== undefined) malformed.push({ comment, said });
    } else if (said.scope === 'file' || (said.tool === 'Atlas' && comment.end <= headerEnd)) {
      placed.push({ comment, said: { ...said, scope: 'file' }, over: undefined });
    } else if (said.scope === 'begin') {
      begun.push({ comment, said, over: { start: comment.end, end: text.length } });
    } else if (said.scope === 'end') {
      const opening = begun.splice(begun.findLastIndex((one) => isSame(one.said, said)))[0];
      if (opening !== undefined) placed.push({ ...opening, over: { start: opening.comment.end, end: comment.start } });
      else
        malformed.push({
          comment,
          said: { tool: said.tool, malformed: 'Nothing with the same names begins before it.' },
        });
    } else if (part !== undefined) {
      placed.push({ comment, said, over: ownerOf(spans, { comment, part, text }) });
    }
  }
  const open = begun.map(({ comment, said: { tool } }) => ({
    comment,
    said: { tool, malformed: 'Nothing with the same names ends after it.' },
  }));
  return { placed, malformed: [...malformed, ...open] };
}

/** Comments at the very beginning with an empty line after them. */
const fileHeader = /^\uFEFF?(?:(?:--|#)[^\n]*\n)+(?=[ \t]*\r?\n)/;

function isSame(one: SuppressionComment, other: SuppressionComment): boolean {
  return one.tool === other.tool && String(one.names) === String(other.names);
}

function partOf(parts: readonly Stretch[], { start }: Comment): Stretch | undefined {
  return parts.find((part) => part.start <= start && start < part.end);
}

function ownerOf(
  spans: readonly Stretch[],
  { comment, part, text }: { readonly comment: Comment; readonly part: Stretch; readonly text: string },
): Stretch | undefined {
  const around = spans.find(({ start, end }) => start <= comment.start && comment.start < end);
  if (around !== undefined) return around;
  const next = spans.find(({ start }) => start >= comment.end && start < part.end);
  const ended = spans.findLast(({ end }) => end <= comment.start);
  const isOnLine = (one: Stretch | undefined, from: number, to: number) =>
    one !== undefined && !text.slice(from, to).includes('\n');
  if (isOnLine(next, comment.end, next?.start ?? 0)) return next;
  return isOnLine(ended, ended?.end ?? 0, comment.start) ? ended : next;
}

/** Statements from their first word on. */
function trimmed(statements: readonly Stretch[], comments: readonly Comment[], text: string): readonly Stretch[] {
  const ends = new Map(comments.map(({ start, end }) => [start, end]));
  return statements.map(({ start, end }) => {
    let at = start;
    while (at < end && (ends.has(at) || /\s/.test(text.charAt(at)))) at = ends.get(at) ?? at + 1;
    return { start: Math.min(at, end), end };
  });
}
