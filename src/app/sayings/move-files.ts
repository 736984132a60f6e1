import { unquoted } from '../plain-words/slots.ts';
import type { Saying } from '../saying.ts';

export const moveFiles: Saying = {
  name: 'move-files',
  summary: 'Files and folders at another place, with every specifier that reaches them',
  forms: [
    'move [the] [file|files|folder|directory|module] {path:from} to {path:to}',
    'move [the] [file|files|folder|directory|module] {path:from} into [the] [folder|directory] {path:into}',
    'rename [the] [file|files|folder|directory|module] {path:from} (to|into) {path:name}',
  ],
  examples: [
    { says: 'move src/utils to src/lib', command: 'godwit plan --move src/utils=src/lib' },
    { says: 'rename the file src/a.ts to src/b.ts', command: 'godwit plan --move src/a.ts=src/b.ts' },
  ],
  means({ from = '', to, into, name }) {
    const source = unquoted(from);
    const target = to ?? (into === undefined ? named(source, unquoted(name ?? '')) : within(source, unquoted(into)));
    return { args: ['plan', '--move', `${source}=${unquoted(target)}`] };
  },
};

/** A new name alone is one in the same folder. */
function named(source: string, name: string): string {
  return name.includes('/') ? name : `${source.slice(0, source.replace(/\/+$/, '').lastIndexOf('/') + 1)}${name}`;
}

/** A file that goes into a folder keeps its name. */
function within(source: string, folder: string): string {
  return /\.\w+$/.test(source) && !/\.\w+$/.test(folder) ? `${folder.replace(/\/+$/, '')}/` : folder;
}
