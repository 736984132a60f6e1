import { type FileTransform, sourceFiles, type Unresolved } from '../../../recipe.ts';

/** What Express 4 sent for files, as tests spell it: in texts, and in regular expressions. */
const former = /application\\?\/(javascript|font-woff)\b|\bcharset=UTF-8\b/g;

/** Expectations of a Content-Type that Express 5 sends in another way. */
export const contentTypes: FileTransform = {
  kind: 'file',
  id: 'content-types',
  why: 'Files are sent with the types of mime-types in Express 5: `text/javascript` and `charset=utf-8`, where it was `application/javascript` and `charset=UTF-8`.',
  files: sourceFiles,
  mentions: ['javascript', 'font-woff', 'charset=UTF-8'],
  transform({ text }, { home }) {
    const unresolved: Unresolved[] = [];
    if (home?.dependencies.express === undefined) return { edits: [], unresolved };
    for (const found of text.matchAll(former)) {
      const line = text.slice(
        text.lastIndexOf('\n', found.index) + 1,
        text.indexOf('\n', found.index) + 1 || undefined,
      );
      if (!/content-type/i.test(line) || !/\b(expect|assert|equal|match|toBe|should)\b/i.test(line)) continue;
      unresolved.push({
        offset: found.index,
        length: found[0].length,
        message: `\`${found[0]}\` is not how Express 5 sends the type of a file.`,
        cure: 'Expect `text/javascript`, `font/woff` and `charset=utf-8`.',
        symbol: 'Response.sendFile',
        evidence: 'Migrating to Express 5: express.static.mime',
      });
    }
    return { edits: [], unresolved };
  },
};
