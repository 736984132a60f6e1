import { sourceText } from '../../drivers/postgres/sql/source-text.ts';
import { scanTokens, type Token } from '../../drivers/postgres/sql/syntax-tree.ts';

/**
 * A CREATE TABLE whose types `timestamp` and `timestamp without time zone` are `timestamptz`; all else stays as it is
 * written, a precision too.
 */
export function withTimeZones(statement: string): string {
  const tokens = scanTokens(sourceText(statement)).filter(({ kind }) => kind !== 'comment');
  let text = '';
  let done = 0;
  for (const [place, token] of tokens.entries()) {
    if (!isType(tokens, place)) continue;
    const modifiers = modifiersAt(tokens, place + 1);
    const next = place + 1 + modifiers;
    const zone = words(tokens, next, 3);
    if (zone === 'with time zone') continue;
    text += `${statement.slice(done, token.start)}${token.text === token.text.toUpperCase() ? 'TIMESTAMPTZ' : 'timestamptz'}`;
    const lastOfType = tokens[next - 1] ?? token;
    text += statement.slice(token.end, lastOfType.end);
    done = zone === 'without time zone' ? (tokens[next + 2]?.end ?? lastOfType.end) : lastOfType.end;
  }
  return text + statement.slice(done);
}

/** The word is a type where it follows a name or a cast, and not where a literal or a name is meant by it. */
function isType(tokens: readonly Token[], place: number): boolean {
  const token = tokens[place];
  const before = tokens[place - 1];
  if (token === undefined || before === undefined || token.text.toLowerCase() !== 'timestamp') return false;
  const isAfterName = before.kind === 'name' || (before.kind === 'keyword' && before.text.toLowerCase() !== 'as');
  return isAfterName && tokens[place + 1]?.kind !== 'string';
}

function modifiersAt(tokens: readonly Token[], place: number): number {
  return tokens[place]?.text === '(' && tokens[place + 2]?.text === ')' ? 3 : 0;
}

function words(tokens: readonly Token[], from: number, count: number): string {
  return tokens
    .slice(from, from + count)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
}
