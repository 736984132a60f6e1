import { dangerOfCode } from './code-danger.ts';
import { judgeRemoval, judgeWritten } from './judge-files.ts';
import { allow, type Judgement, judged, worstOf } from './judgement.ts';
import { isQuiet, isSuspect, programOf } from './program-name.ts';
import type { ShellCommand } from './shell-command.ts';
import { shellCommands } from './shell-commands.ts';
import { dangerOfSql } from './sql-danger.ts';
import type { WorldHere } from './world-here.ts';

/** Languages, and consoles of frameworks: they are found behind others too (`npx tsx -e …`). */
const languages =
  /^(node|python[\d.]*|pypy3?|ruby|irb|php|perl|deno|bun|tsx|ts-node|ts-node-esm|vite-node|babel-node|rails|manage\.py|django-admin|artisan|flask|mongosh|mongo)$/;

/** Programs that are told in one word what to do, by a language or a shell of their own. */
const tellers =
  /^(awk|gawk|mawk|expect|script|watch|parallel|flock|su|runuser|tmux|screen|vim|vi|nvim|ed|wrangler|heroku|sqlx)$/;

type Around = { readonly here: WorldHere; readonly again: (line: string) => Judgement };

/** Judges what stands in the words of a program that is told so what to do: SQL, calls of libraries, or commands of a shell. */
export function judgeWithin({ words, fed }: ShellCommand, { here, again }: Around): Judgement {
  const at = isQuiet(words) ? -1 : words.findIndex((word) => languages.test(programOf(word)));
  const isTeller = tellers.test(programOf(words[0] ?? ''));
  if (at === -1 && !isTeller) return allow;
  const own = words.slice(isTeller ? 1 : at + 1);
  const file = own.find((word) => !word.startsWith('-'));
  const program = file !== undefined && here.writesHere(file) ? here.read(file) : undefined;
  const told = [...own.filter((word) => /\s|\(|\.\w+_all\b/.test(word)), fed, program ?? ''].filter(
    (text) => text !== '',
  );
  return worstOf(
    told.flatMap((whole) => [whole, ...stringsIn(whole)].map((text) => () => judgeText(text, whole, { here, again }))),
  );
}

function judgeText(text: string, whole: string, { here, again }: Around): Judgement {
  const isWhole = text === whole;
  const code = isWhole ? dangerOfCode(text) : undefined;
  if (code !== undefined) return judged(code);
  const danger = dangerOfSql(text);
  // In a program SQL stands in a string; elsewhere it is the word itself.
  if (danger !== undefined && (!isWhole || isSqlItself(text))) return judged(danger);
  if (/rmtree|rmdir|unlink|\brm|remove|rimraf|rename|delete/i.test(whole) && !isWhole) {
    const removal = judgeRemoval([text], here);
    if (removal.kind !== 'allow') return removal;
  }
  if (/write|rename|copy|truncate|append|\bopen\b/i.test(whole)) {
    const written = judgeWritten([text], here);
    if (written.kind !== 'allow') return written;
  }
  const line = text.replace(/^[:!]+/, '').replace(/^\s*(?:spawn|exec)\s+/, '');
  return isSuspect(line) && shellCommands(line) !== undefined ? again(line) : allow;
}

function stringsIn(text: string): readonly string[] {
  const found = text.match(/(["'`])(?:\\[\s\S]|(?!\1)[^\\])*\1/g) ?? [];
  return found.map((one) => one.slice(1, -1).replaceAll(/\\(["'`\\])/g, '$1'));
}

function isSqlItself(text: string): boolean {
  return /^\s*(begin|drop|truncate|delete|update|alter|do|with)\b/i.test(text);
}
