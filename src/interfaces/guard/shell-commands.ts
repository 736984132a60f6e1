import { linesTold } from './lines-told.ts';
import { saidBy } from './said-by.ts';
import type { ShellCommand } from './shell-command.ts';
import { type Said, type Token, tokensOf } from './shell-tokens.ts';

/** The simple commands of a command line, those in substitutions and in `sh -c` too. Undefined where it cannot be read. */
export type ReadLine = readonly ShellCommand[] | undefined;

export type ReadOptions = {
  readonly depth?: number;
  /** The text of a file, for what stands there instead of a substitution: `$(cat x)`. */
  readonly read?: Read | undefined;
};

type Read = (path: string) => string | undefined;

const depthMax = 6;
const lengthMax = 200_000;
const noInput = { text: '', files: [], isUnseen: false, upstream: [] };

/**
 * Reads a command line of a POSIX shell or of bash (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html):
 * quotes, operators, redirections, here-documents, substitutions. Nothing is expanded but what `cat` and `echo` say in a
 * substitution; what stands for something else stays as it is written. Pure but for `read`.
 */
export function shellCommands(line: string, { depth = 0, read }: ReadOptions = {}): ReadLine {
  if (depth > depthMax || line.length > lengthMax) return undefined;
  const within = { depth: depth + 1, read };
  const tokens = tokensOf(line, saidIn(within));
  if (tokens === undefined) return undefined;
  const found: ShellCommand[] = [];
  let piped: Piped = noInput;
  for (const { inner, fed, files, isPiped, ...simple } of simpleCommands(tokens)) {
    for (const text of inner) {
      const own = shellCommands(text, within);
      if (own === undefined) return undefined;
      found.push(...own);
    }
    const whole = {
      ...simple,
      ...withoutAssignments(simple.words),
      fed: fed + piped.text,
      files: [...files, ...piped.files],
      isFedUnseen: piped.isUnseen,
      upstream: piped.upstream,
    };
    found.push(whole);
    for (const text of linesTold(whole)) {
      const own = shellCommands(text, within);
      if (own === undefined) return undefined;
      found.push(...own.map((one) => withInputOf(one, { outer: whole, isInput: text === whole.fed })));
    }
    piped = isPiped ? { ...saidBy(whole), upstream: [...piped.upstream, ...whole.words] } : noInput;
  }
  return found;
}

/** What goes through a pipe. */
type Piped = ReturnType<typeof saidBy> & { readonly upstream: readonly string[] };

/** What `sh -c` calls reads what the shell reads, where it has nothing of its own. */
function withInputOf(
  own: ShellCommand,
  { outer, isInput }: { readonly outer: ShellCommand; readonly isInput: boolean },
): ShellCommand {
  if (isInput || own.fed !== '' || own.files.length > 0 || own.isFedUnseen) return own;
  const { fed, files, isFedUnseen } = outer;
  return { ...own, fed, files, isFedUnseen };
}

/** What a command line writes, as far as it is `cat`, `echo` or the like; undefined for all others. */
export function saidIn({ depth = 0, read }: ReadOptions): Said {
  return (inner) => {
    if (!/^\s*(?:(?:cat|echo|printf|tee)\b|<)/.test(inner)) return undefined;
    const commands = shellCommands(inner, { depth, read });
    const last = commands?.at(-1);
    return last === undefined || commands?.length !== 1 ? undefined : textOf(last, read);
  };
}

/** What a command writes, with the files in it. */
export function textOf(command: ShellCommand, read: Read | undefined): string | undefined {
  const isBare = command.words.length === 0;
  const { text, files, isUnseen } = isBare ? { ...command, text: command.fed, isUnseen: false } : saidBy(command);
  const texts = files.map((file) => read?.(file));
  const isWhole = !isUnseen && texts.every((one) => one !== undefined);
  return isWhole ? [text, ...texts].join('').replace(/\n+$/, '') : undefined;
}

type Simple = {
  words: string[];
  inner: string[];
  fed: string;
  files: string[];
  written: string[];
  isAppended: boolean;
  isPiped: boolean;
};

const nothing = (): Simple => ({
  words: [],
  inner: [],
  fed: '',
  files: [],
  written: [],
  isAppended: false,
  isPiped: false,
});

function simpleCommands(tokens: readonly Token[]): readonly Simple[] {
  const all: Simple[] = [];
  let now = nothing();
  let redirects: '<' | '<<<' | 'to' | undefined;
  for (const token of [...tokens, { kind: 'end', isPipe: false } as const]) {
    if (token.kind === 'end') {
      if ([now.words, now.inner, now.written, now.files].some((one) => one.length > 0))
        all.push({ ...now, isPiped: token.isPipe });
      now = nothing();
      redirects = undefined;
    } else if (token.kind === 'from') redirects = token.how;
    else if (token.kind === 'to') {
      redirects = 'to';
      now.isAppended ||= token.isAppended;
    } else if (token.kind === 'fed') {
      now.fed += token.text;
      now.inner.push(...token.inner);
    } else {
      now.inner.push(...token.inner);
      if (redirects === undefined) now.words.push(...(token.isSplit ? token.text.trim().split(/\s+/) : [token.text]));
      else if (redirects === 'to') now.written.push(token.text);
      else if (redirects === '<') now.files.push(token.text);
      else if (redirects === '<<<') now.fed += token.text;
      redirects = undefined;
    }
  }
  return all;
}

/** `A=1 B=2 command` is `command`, and so are `then command` and `builtin command`. */
function withoutAssignments(words: readonly string[]): Pick<ShellCommand, 'words' | 'set'> {
  const at = words.findIndex(
    (word) => !/^(?:[A-Za-z_]\w*\+?=|(?:if|then|elif|else|while|until|do|!|time|builtin|noglob|nocorrect)$)/.test(word),
  );
  const set = words.slice(0, at === -1 ? undefined : at).filter((word) => word.includes('='));
  return { words: at === -1 ? [] : words.slice(at), set };
}
