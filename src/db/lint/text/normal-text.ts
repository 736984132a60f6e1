import { eachOpaque } from './comments.ts';

/**
 * A statement as text in which white space, comments, the case of what stands outside quotes and a last semicolon do not
 * count, for comparing. What stands between quotes stays as it is, but for the ends of its lines.
 */
export function normalText(sql: string): string {
  const text = sql.replaceAll('\r\n', '\n');
  const normal: string[] = [];
  let at = 0;
  let last = '';
  let hasGap = false;
  const add = (part: string) => {
    // Between two words a gap tells them apart; anywhere else it is a matter of taste.
    normal.push(hasGap && wordLike.test(last) && wordLike.test(part.charAt(0)) ? ` ${part}` : part);
    hasGap = false;
    last = part.slice(-1);
  };
  const addCode = (code: string) => {
    for (const [index, word] of code.toLowerCase().split(/\s+/).entries()) {
      hasGap ||= index > 0;
      if (word !== '') add(word);
    }
  };
  eachOpaque(text, ({ kind, start, end }) => {
    addCode(text.slice(at, start));
    if (kind === 'quoted') add(text.slice(start, end));
    else hasGap = true;
    at = end;
  });
  addCode(text.slice(at));
  return normal.join('').replace(/;+$/, '');
}

const wordLike = /[\w$'"\u0080-\uffff]/;
