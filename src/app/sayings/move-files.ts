import { unquoted } from '../plain-words/slots.ts';
import type { Saying } from '../saying.ts';

export const moveFiles: Saying = {
  name: 'move-files',
  summary: 'Files and folders at another place, with every specifier that reaches them',
  forms: ['(move|rename) [the] [file|files|folder|directory|module] {path:from} (to|into) {path:to}'],
  examples: [
    { says: 'move src/utils to src/lib', command: 'godwit plan --move src/utils=src/lib' },
    { says: 'rename the file src/a.ts to src/b.ts', command: 'godwit plan --move src/a.ts=src/b.ts' },
  ],
  means({ from = '', to = '' }) {
    return { args: ['plan', '--move', `${unquoted(from)}=${unquoted(to)}`] };
  },
};
