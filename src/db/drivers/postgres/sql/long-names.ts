import { fail } from '#core/error';
import { lineAt, sourceText } from './source-text.ts';
import { scanTokens } from './syntax-tree.ts';

/** NAMEDATALEN - 1 (https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS). */
const nameBytesMax = 63;

/** Throws `bad-input` for a name that the server, and so its parser, cuts without a word. The parser must be loaded. */
export function refuseLongNames(text: string): void {
  for (const token of scanTokens(sourceText(text)).filter(({ kind }) => kind === 'name')) {
    const name = token.text.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"');
    const bytes = Buffer.byteLength(name);
    if (bytes <= nameBytesMax) continue;
    throw fail('bad-input', {
      what: `The name ${name} on line ${lineAt(text, token.start)} has ${bytes} bytes.`,
      why: `PostgreSQL keeps ${nameBytesMax} bytes of a name and cuts the rest without a word.`,
      next: 'Choose a shorter name.',
    });
  }
}
