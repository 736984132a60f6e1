import type { AllowedCommand } from './allowed-command.ts';

/** The words behind a program, told apart by a row of the list. */
export type Sorted = {
  readonly kind: 'sorted';
  /** Flags and their values, as they were written. */
  readonly flags: readonly string[];
  /** Names of the flags. */
  readonly names: readonly string[];
  /** Words that are none. */
  readonly words: readonly string[];
  /** Words behind `--`; undefined where it is not there. */
  readonly behind: readonly string[] | undefined;
};

/** Tells flags from words as programs of GNU and git do; a flag that the row does not name is refused. Pure. */
export function sortWords(
  row: AllowedCommand,
  rest: readonly string[],
): Sorted | { readonly kind: 'refused'; readonly why: string } {
  if (row.flags.includes('*') || row.program === 'find' || row.program === 'echo')
    return { kind: 'sorted', flags: [], names: [], words: rest, behind: undefined };
  const [flags, names, words]: [string[], string[], string[]] = [[], [], []];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (word === '--') return { kind: 'sorted', flags, names, words, behind: rest.slice(at + 1) };
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const flag = readFlag(row, word);
    if (flag === undefined) return { kind: 'refused', why: unknownFlag(row, word) };
    flags.push(word);
    names.push(...flag.names);
    if (!flag.takesNext) continue;
    at += 1;
    const value = rest[at];
    if (value === undefined) return { kind: 'refused', why: `${word} of ${row.program} needs a value.` };
    flags.push(value);
  }
  return { kind: 'sorted', flags, names, words, behind: undefined };
}

type Flag = { readonly names: readonly string[]; readonly takesNext: boolean };

function readFlag({ flags }: AllowedCommand, word: string): Flag | undefined {
  const has = (name: string): boolean => flags.includes(name);
  if (word.startsWith('--')) {
    const [name = '', value] = splitAt(word, '=');
    if (value === undefined && (has(name) || has(`${name}?`))) return { names: [name], takesNext: false };
    if (has(`${name}=`)) return { names: [name], takesNext: value === undefined };
    return value !== undefined && has(`${name}?`) ? { names: [name], takesNext: false } : undefined;
  }
  if (/^-\d+$/.test(word)) return has('-#') ? { names: ['-#'], takesNext: false } : undefined;
  if (has(word) || has(`${word}?`)) return { names: [word], takesNext: false };
  const names: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = `-${word.charAt(at)}`;
    if (has(`${name}=`)) return { names: [...names, name], takesNext: at === word.length - 1 };
    if (at === 1 && has(`${name}?`)) return { names: [name], takesNext: false };
    if (!has(name)) return undefined;
    names.push(name);
  }
  return { names, takesNext: false };
}

function splitAt(word: string, mark: string): readonly [string, string | undefined] {
  const at = word.indexOf(mark);
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function unknownFlag({ program, subcommands, flags }: AllowedCommand, word: string): string {
  const name = [program, ...(subcommands ?? []).slice(0, 1)].join(' ');
  const known =
    flags.length === 0 ? 'none are' : `taken are ${flags.map((flag) => flag.replace('-#', '-NUMBER')).join(' ')}`;
  return `${word} is no flag that is taken of ${name}; ${known}.`;
}
