import type { Literal } from '../../../engine/literals.ts';
import { longName, type MochaOption, takesWord } from './mocha-option.ts';

/** A call of Mocha in a script. */
export type MochaCall = {
  /** The words of the call stand here in the script. */
  readonly start: number;
  readonly end: number;
  readonly options: readonly MochaOption[];
  /** Files, folders and globs, without quotes. */
  readonly specs: readonly string[];
};

const runner =
  /(^|[\s;&|("'])((?:npx\s+|yarn\s+|pnpm\s+(?:exec\s+)?)?(?:(?:ts-)?_?mocha|(?:\S*\/)?node_modules\/\.bin\/(?:ts-)?_?mocha)|node((?:\s+(?:(?:-r|--require|--import|--loader)\s+\S+|--[\w-]+(?:=\S+)?))*)\s+(?:\.\/)?node_modules\/(?:\.bin|mocha\/bin)\/_?mocha(?:\.c?js)?)((?:[ \t]+(?:"[^"]*"|'[^']*'|\\"(?:[^"\\]|\\(?!"))*\\"|[^\s;&|()"']+)+)*)(?=\s*(?:$|[;&|)"']))/g;
const word = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

/** Every call of Mocha in a script. Pure. */
export function mochaCalls(script: string): readonly MochaCall[] {
  return [...script.matchAll(runner)].map(({ index, 0: whole, 1: before = '', 3: node = '', 4: rest = '' }) => {
    const words = [...(node.match(word) ?? []), ...(rest.match(word) ?? [])];
    return { start: index + before.length, end: index + whole.length, ...parsed(words) };
  });
}

function parsed(words: readonly string[]): Pick<MochaCall, 'options' | 'specs'> {
  const options: MochaOption[] = [];
  const specs: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const own = words[at] ?? '';
    const [, name, inner] = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/.exec(own) ?? [];
    if (own === '--') continue;
    if (name === undefined) {
      specs.push(plain(own));
      continue;
    }
    const key = longName(name);
    const takes = inner === undefined && takesWord(key) && words[at + 1] !== undefined;
    if (takes) at += 1;
    const value = inner ?? (takes ? words[at] : undefined);
    options.push({
      key: negated(key),
      value: given(key, value),
      written: value === undefined ? own : `${name} ${value}`,
    });
  }
  return { options, specs };
}

function negated(key: string): string {
  return /^no-(timeout|color|diff|config|package|exit|parallel|recursive|bail)s?$/.test(key)
    ? key.slice(3).replace(/^timeouts$/, 'timeout')
    : key;
}

function given(key: string, text: string | undefined): Literal {
  if (text === undefined) return !key.startsWith('no-') || negated(key) === key;
  const bare = plain(text);
  return /^\d+$/.test(bare) ? Number(bare) : bare === 'false' ? false : bare;
}

/** A word without its quotes. */
function plain(text: string): string {
  return text.replaceAll(/^(\\?["'])(.*)\1$/g, '$2');
}
