import { endOfComment, endOfLine } from './scan-sql.ts';

/** Index of the first character in a range that is neither space, semicolon nor comment; its end where there is none. */
export function afterComments(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    if (/[\s;]/.test(text.charAt(at))) at += 1;
    else if (text.startsWith('--', at)) at = endOfLine(text, at, text.length);
    else if (text.startsWith('/*', at)) at = endOfComment(text, at, text.length);
    else return at;
  }
  return to;
}
