/** A word of a shell line: what the program gets, and how it is spelled. Variables and patterns are left as they stand. */
export type ShellWord = { readonly text: string; readonly raw: string };

/** One program of a line with its own variables. `raw` is its spelling without those variables. */
export type SimpleCommand = { readonly variables: readonly ShellWord[]; readonly words: readonly ShellWord[] };

/** A line of a script as programs that run one after the other, or why it is not one. */
export type ShellChain =
  | { readonly kind: 'chain'; readonly commands: readonly SimpleCommand[] }
  | { readonly kind: 'opaque'; readonly why: string };

type Token = ShellWord | 'then';

/**
 * Reads a line of a package.json script as far as a chain of simple commands goes: words, quotes, `NAME=value` in front,
 * joined by `&&` or `;`. Pipes, redirections, alternatives, groups and substitutions make it opaque: only a shell may
 * run such a line, and as a whole. Quoting follows POSIX shells.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function shellChain(line: string): ShellChain {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at);
    const gap = /^[ \t\r\n]+/.exec(rest)?.[0] ?? /^(&&|;)/.exec(rest)?.[0];
    if (gap !== undefined) {
      if (/^[&;]/.test(gap) || gap.includes('\n')) tokens.push('then');
      at += gap.length;
      continue;
    }
    const raw = word.exec(rest)?.[0];
    if (raw === undefined || /\$\(|`/.test(raw)) return { kind: 'opaque', why: whyOpaque(rest) };
    tokens.push({ raw, text: unquoted(raw) });
    at += raw.length;
  }
  const commands = grouped(tokens).map(commandOf);
  const isWhole = commands.length > 0 && commands.every(({ words }) => words.length > 0);
  return isWhole ? { kind: 'chain', commands } : { kind: 'opaque', why: 'it is empty, or sets only variables' };
}

/** The line of a simple command, as it was spelled. */
export function spellCommand({ variables, words }: SimpleCommand): string {
  return [...variables, ...words].map(({ raw }) => raw).join(' ');
}

const word = /^(?:[^\s'"\\;&|<>()`#]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|(?<=\S)#)+/;

function whyOpaque(rest: string): string {
  const sign = /^(\|\||\||&|>|<|\(|\)|#)/.exec(rest)?.[0];
  if (sign !== undefined) return `it holds \`${sign}\``;
  return rest.startsWith("'") || rest.startsWith('"') ? 'a quote is not closed' : 'it holds a substitution';
}

function unquoted(raw: string): string {
  return raw.replaceAll(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_, single: string | undefined, double: string | undefined, escaped: string | undefined) =>
      single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
  );
}

function grouped(tokens: readonly Token[]): readonly (readonly ShellWord[])[] {
  const groups: ShellWord[][] = [[]];
  for (const token of tokens) {
    if (token === 'then') groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((group) => group.length > 0);
}

function commandOf(words: readonly ShellWord[]): SimpleCommand {
  const isVariable = ({ raw }: ShellWord): boolean => /^[A-Za-z_]\w*=/.test(raw);
  const first = words.findIndex((entry) => !isVariable(entry));
  const from = first === -1 ? words.length : first;
  return { variables: words.slice(0, from), words: words.slice(from) };
}
