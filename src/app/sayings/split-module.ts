import { namesIn, unquoted } from '../plain-words/slots.ts';
import type { Saying } from '../saying.ts';

export const splitModule: Saying = {
  name: 'split-module',
  summary: 'Declarations in a module of their own',
  forms: ['(split|extract|move|take) {symbols} (out of|from) {path:from} (into|to) {path:to}'],
  examples: [
    {
      says: 'extract slug and words from src/text.ts to src/slug.ts',
      command: "godwit plan --split 'src/text.ts#slug,words=src/slug.ts'",
    },
  ],
  means({ symbols = '', from = '', to = '' }) {
    return { args: ['plan', '--split', `${unquoted(from)}#${namesIn(symbols).join(',')}=${unquoted(to)}`] };
  },
};
