import { fromAnsi } from './from-ansi.ts';
import type { ShellCommand } from './shell-command.ts';

/** What a command writes to its output: a text, files, or what nobody can tell. */
type Saying = { readonly text: string; readonly files: readonly string[]; readonly isUnseen: boolean };

/** What `echo`, `printf` and `cat` write; of other programs nobody can tell. Pure. */
export function saidBy({ words, fed, files, isFedUnseen }: ShellCommand): Saying {
  const [name = '', ...rest] = words;
  const program = name.replace(/^.*\//, '');
  if (program === 'echo' || program === 'printf') {
    const own = rest.filter((word) => !/^(-[neE]+|--)$/.test(word));
    const said = own.join(' ');
    const text = program === 'printf' ? printed(own) : isEscaped(rest) ? unescaped(said) : said.replaceAll('\\n', '\n');
    return { text, files: [], isUnseen: /\$\(|`/.test(text) };
  }
  if (program === 'true' || program === ':') return { text: '', files: [], isUnseen: false };
  if (program !== 'cat' && program !== 'tee') return { text: fed, files: [], isUnseen: true };
  const own = program === 'cat' ? rest.filter((word) => !word.startsWith('-')) : [];
  return { text: fed, files: [...files, ...own], isUnseen: isFedUnseen };
}

/** `printf` says its format as often as there are words for it. */
function printed([format = '', ...values]: readonly string[]): string {
  const places = format.match(/%[-\d.]*[a-zA-Z]/g)?.length ?? 0;
  const times = places === 0 ? 1 : Math.max(1, Math.ceil(values.length / places));
  let at = 0;
  const once = () =>
    format.replaceAll(/%(?:%|[-\d.]*([a-zA-Z]))/g, (_, kind?: string) =>
      kind === undefined ? '%' : (values[at++] ?? ''),
    );
  return unescaped(Array.from({ length: times }, once).join(''));
}

function isEscaped(rest: readonly string[]): boolean {
  return /^-[nE]*e/.test(rest[0] ?? '');
}

/** What is no escape stays, with its backslash. */
function unescaped(text: string): string {
  return fromAnsi(text.replaceAll(/\\(?![\\ntrxu0-7])/g, '\\\\'));
}
