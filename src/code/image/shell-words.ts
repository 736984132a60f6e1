import { joined } from '../tree/tree-path.ts';
import type { Instruction, Word } from './read-dockerfile.ts';
import type { Both } from './stage.ts';

/** A word of a command that may be a path, with the folder in which the command runs by then. */
export type ShellWord = Word & {
  readonly folder: Both;
  /** True where it has the form of a path. */
  readonly isPath: boolean;
  /** False where the folder is not known, or the word may be something else. */
  readonly isSure: boolean;
  /** Says what the folder is that this word of `cd` leads to. */
  readonly enters?: (folder: Both) => void;
};

const word = /[\w@.+~$/{}-]+/g;
const unclear = /[(`]|\b(pushd|popd)\b/;

/** Words of a command in their order, options of the instruction left out; `cd` changes the folder of those behind it. Pure but for what `enters` is told. */
export function* shellWords({ text, offset }: Instruction, start: Both): Generator<ShellWord, undefined> {
  let folder = start;
  let isKnown = true;
  let last = '';
  const command = text.replace(/^(\s*--\S+)+/, (flags) => ' '.repeat(flags.length));
  for (const match of command.matchAll(word)) {
    const found = match[0].replace(/\.+$/, (dots) => (/(^|\/)\.{1,2}$/.test(match[0]) ? dots : ''));
    const isFolder = last === 'cd';
    last = found;
    if (found === '' || found.startsWith('-')) continue;
    const isPath = isFolder || /\/|\.\w+$/.test(found);
    isKnown &&= !unclear.test(command.slice(0, match.index));
    if (isFolder && /^[$~-]/.test(found)) isKnown = false;
    const here = folder;
    if (isFolder) folder = { before: walked(here.before, found), after: walked(here.after, found) };
    yield {
      text: found,
      offset: offset + match.index,
      folder: here,
      isPath,
      isSure: isPath && (isKnown || found.startsWith('/')),
      ...(isFolder
        ? {
            enters: (both: Both) => {
              folder = both;
            },
          }
        : {}),
    };
  }
}

function walked(folder: string, way: string): string {
  return way.startsWith('/') ? joined('.', way) : joined(folder, way);
}
