/** A word of a command, as the program gets it; or a pattern of paths, which the shell would have expanded. */
export type Word = { readonly kind: 'text' | 'pattern'; readonly text: string };

/** A program with its words, and which of its streams it does not show. */
export type Command = {
  readonly kind: 'command';
  readonly words: readonly Word[];
  readonly redirects: readonly string[];
};

/** How two commands hang together. */
export type Joint = { readonly kind: 'joint'; readonly text: '|' | '&&' | '||' | ';' };

/** Commands and joints in turn, a command first and last; or what of the line is not taken. */
export type Line = { readonly kind: 'line'; readonly parts: readonly (Command | Joint)[] } | Refused;
type Refused = { readonly kind: 'refused'; readonly why: string };

const lengthMax = 10_000;
const commandsMax = 20;
const wordsMax = 300;

/**
 * Reads a command line of which everything is known: programs, words in any quotes, pipes, `&&`, `||`, `;` and lines. What a shell
 * would make something else of (variables, substitutions, groups, files to write to) is refused by name, so that the line can be
 * written anew with every word in quotes. Pure.
 */
export function readLine(line: string): Line {
  if (line.length > lengthMax) return refused(`The line is longer than ${lengthMax} characters.`);
  if (/[^\P{Cc}\t\n]|\p{Cs}/u.test(line)) return refused('The line has a control character in it.');
  const parts: (Command | Joint)[] = [];
  let now: { words: Word[]; redirects: string[] } = { words: [], redirects: [] };
  let at = 0;
  const close = (): boolean => {
    if (now.words.length === 0) return false;
    parts.push({ kind: 'command', ...now });
    now = { words: [], redirects: [] };
    return true;
  };
  while (at < line.length) {
    const rest = line.slice(at);
    const skipped = /^(?:[ \t]|\\\n)+/.exec(rest)?.[0] ?? /^#[^\n]*/.exec(rest)?.[0];
    const redirect = /^(?:2>&1|(?:[12]|&)?>[ \t]*\/dev\/null)(?![^\s;|&])/.exec(rest)?.[0];
    const joint = /^(?:&&|\|\||[|;\n])/.exec(rest)?.[0];
    if (skipped !== undefined) at += skipped.length;
    else if (redirect !== undefined) {
      now.redirects.push(redirect.startsWith('&') ? '>/dev/null 2>&1' : redirect.replace(/\s/g, ''));
      at += redirect.length;
    } else if (joint !== undefined) {
      at += joint.length;
      const text = jointOf(joint);
      if (!close() && text !== ';') return refused(`Nothing stands before ${joint}.`);
      if (parts.at(-1)?.kind === 'command') parts.push({ kind: 'joint', text });
    } else {
      const word = readWord(rest);
      if (word.kind === 'refused') return word;
      now.words.push(word.word);
      at += word.length;
      if (now.words.length > wordsMax) return refused(`A command has more than ${wordsMax} words.`);
    }
    if (parts.length > 2 * commandsMax) return refused(`The line has more than ${commandsMax} commands.`);
  }
  close();
  const last = parts.at(-1);
  if (last?.kind === 'joint' && last.text !== ';') return refused(`Nothing stands after ${last.text}.`);
  const whole = last?.kind === 'joint' ? parts.slice(0, -1) : parts;
  return whole.length === 0 ? refused('The line holds no command.') : { kind: 'line', parts: whole };
}

function jointOf(text: string): Joint['text'] {
  if (text === '|' || text === '&&' || text === '||') return text;
  return ';';
}

type ReadWord = { readonly kind: 'word'; readonly word: Word; readonly length: number } | Refused;

function readWord(rest: string): ReadWord {
  let text = '';
  let [isPattern, hasQuotedPattern] = [false, false];
  let at = 0;
  while (at < rest.length && !/^[\s|;]/.test(rest.slice(at))) {
    const piece = readPiece(rest.slice(at), at === 0);
    if (piece.kind === 'refused') return piece;
    if (piece.isQuoted) hasQuotedPattern ||= /[*?[\]{}()!+@]/.test(piece.text);
    else isPattern ||= /[*?[]/.test(piece.text);
    text += piece.text;
    at += piece.length;
  }
  if (isPattern && hasQuotedPattern)
    return refused('A pattern is in quotes in part. Put all of it in quotes, or nothing.');
  return { kind: 'word', word: { kind: isPattern ? 'pattern' : 'text', text }, length: at };
}

type Piece = { readonly kind: 'piece'; readonly text: string; readonly length: number; readonly isQuoted: boolean };

function readPiece(rest: string, isFirst: boolean): Piece | Refused {
  const quoted = (text: string, length: number): Piece => ({ kind: 'piece', text, length, isQuoted: true });
  if (rest.startsWith('\\\n')) return { kind: 'piece', text: '', length: 2, isQuoted: false };
  if (rest.startsWith('\\'))
    return rest.length === 1 ? refused('The line ends with a backslash.') : quoted(rest.charAt(1), 2);
  if (rest.startsWith("'")) {
    const end = rest.indexOf("'", 1);
    return end === -1 ? refused('A quote is not closed.') : quoted(rest.slice(1, end), end + 1);
  }
  if (rest.startsWith('"')) {
    const found = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (found === null) return refused('A quote is not closed.');
    const [whole, inner = ''] = found;
    if (/(?<!\\)(?:\\\\)*[$`]/.test(inner)) return refused(substitution);
    return quoted(
      inner.replaceAll(/\\(["\\$`\n])/g, (_, one: string) => (one === '\n' ? '' : one)),
      whole.length,
    );
  }
  const fault = faultOf(rest, isFirst);
  return fault === undefined ? { kind: 'piece', text: rest.charAt(0), length: 1, isQuoted: false } : refused(fault);
}

const substitution =
  'It has `$` or a backquote in it: variables and substitutions are not taken. In single quotes they are plain text.';

/** What a character that stands in no quotes would make a shell do. */
function faultOf(rest: string, isFirst: boolean): string | undefined {
  const one = rest.charAt(0);
  if (one === '$' || one === '`') return substitution;
  if (one === '<') return 'It reads a file with `<`. Name the file as a word of the command.';
  if (one === '>')
    return 'It writes to a file with `>`. Nothing is written by commands; only `2>&1` and `>/dev/null` are taken.';
  if (one === '&') return 'It puts a command into the background with `&`.';
  if (one === '(' || one === ')') return 'It has a group in `( )`. In quotes they are plain text.';
  if (one === '~' && isFirst) return 'It names a home folder with `~`.';
  if (/^\{[^{}\s]*(?:,|\.\.)[^{}\s]*\}/.test(rest)) return 'It has `{…,…}` in it. Write the words out.';
  return undefined;
}

function refused(why: string): Refused {
  return { kind: 'refused', why };
}
