import { fail, isFailure } from '#core/error';
import { parseExpression } from './expression-tree.ts';
import { sourceText } from './source-text.ts';
import { scanTokens, type Token } from './syntax-tree.ts';

/** What a `-- godwit:` comment says: how new values are made from old ones, and back. `down` may be `none`. */
export type Directive = { readonly up: string | undefined; readonly down: string | undefined };

/** Comments with these words silence findings of `godwit lint` (src/db/lint/suppressions.ts). */
const forTheLinter = /^ignore(-file)?(?![\w-])/i;

const marker = /^(?:--|\/\*)\s*godwit\s*:([\s\S]*)$/i;

/**
 * Reads a comment: `-- godwit: up <expression>`, `down <expression>`, both in one line, or `down none`. Undefined for a
 * comment that is not addressed to godwit. Throws `bad-input` or `sql-syntax` for one that is and cannot be read.
 */
export function readDirective(comment: string, line: number): Directive | undefined {
  const said = marker.exec(comment)?.[1];
  if (said === undefined) return undefined;
  const body = said.replace(/\*\/$/, '').trim();
  if (forTheLinter.test(body)) return undefined;
  const first = /^(up|down)\b\s*:?/i.exec(body);
  if (first === null) throw unknownWord(body, line);
  const rest = body.slice(first[0].length);
  const cut = secondWord(rest);
  const parts = [
    { word: first[1], text: rest.slice(0, cut?.start) },
    ...(cut === undefined ? [] : [{ word: cut.text, text: rest.slice(cut.end).replace(/^\s*:/, '') }]),
  ];
  const [up, down] = ['up', 'down'].map((word) => parts.filter((part) => part.word?.toLowerCase() === word));
  if ((up?.length ?? 0) > 1 || (down?.length ?? 0) > 1) throw unknownWord(body, line);
  return { up: checked('up', up?.[0]?.text, line), down: checked('down', down?.[0]?.text, line) };
}

/** Checks a transformation as given by `--up` or `--down` or in a comment, and trims it. */
export function checkTransformation(word: 'up' | 'down', text: string, naming: string): string {
  const trimmed = text.trim();
  if (/^none$/i.test(trimmed) && word === 'down') return 'none';
  if (/^none$/i.test(trimmed)) {
    throw fail('bad-input', {
      what: `${naming} says none.`,
      why: 'Only a way back may be missing; without a way forward there are no new values.',
      next: 'Name the expression that makes the new value, or leave it away where old and new are the same.',
    });
  }
  parseExpression(trimmed, { what: naming });
  return trimmed;
}

function checked(word: 'up' | 'down', text: string | undefined, line: number): string | undefined {
  if (text === undefined) return undefined;
  return checkTransformation(word, text, `The expression after "${word}" in the godwit comment of line ${line}`);
}

/** The other `up` or `down`: a word outside brackets with a whole expression before it, as a column may be so called. */
function secondWord(text: string): Token | undefined {
  let depth = 0;
  for (const token of scanTokens(sourceText(text), { what: 'The godwit comment' })) {
    if (/^[([]$/.test(token.text)) depth += 1;
    if (/^[)\]]$/.test(token.text)) depth -= 1;
    if (depth === 0 && /^(up|down)$/i.test(token.text) && isExpression(text.slice(0, token.start))) return token;
  }
  return undefined;
}

function isExpression(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch (error) {
    if (isFailure(error, 'sql-syntax')) return false;
    throw error;
  }
}

function unknownWord(body: string, line: number): Error {
  return fail('bad-input', {
    what: `The godwit comment of line ${line} cannot be read: ${body}`,
    why: 'It may say how values are made: up <expression>, down <expression>, up <expression> down <expression>, or down none.',
    next: 'Write for example: -- godwit: up lower(name) down name',
  });
}
