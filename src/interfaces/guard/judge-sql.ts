import { allow, type Judgement, judged, worstOf } from './judgement.ts';
import type { ShellCommand } from './shell-command.ts';
import { dangerOfSql } from './sql-danger.ts';
import { filesOfSql, filesWithin, linesWithin } from './sql-files.ts';
import type { WorldHere } from './world-here.ts';

const filesMax = 50;

type Around = { readonly here: WorldHere; readonly again: (line: string) => Judgement };

/** Judges the call of a client of SQL: its words, what is fed into it, the files that it runs, and the shells that it calls. */
export function judgeSql(command: ShellCommand, called: readonly string[], { here, again }: Around): Judgement {
  const [, ...rest] = called;
  const texts = [command.fed, ...rest.flatMap(valuesOf)];
  const unread: string[] = [];
  const files = [...command.files, ...filesOfSql(command, called), ...texts.flatMap(filesWithin)];
  for (let at = 0; at < files.length; at += 1) {
    const file = files[at] ?? '';
    const text = at < filesMax ? here.read(file) : undefined;
    if (text === undefined) unread.push(file);
    else {
      texts.push(text);
      files.push(...filesWithin(text).filter((one) => !files.includes(one)));
    }
  }
  const judgement = worstOf([
    ...texts.map((text) => () => {
      const danger = dangerOfSql(text);
      return danger === undefined ? allow : judged(danger);
    }),
    ...texts.flatMap(linesWithin).map((line) => () => again(line)),
  ]);
  return judgement.kind === 'allow' ? judgeUnseen(command, { rest, texts, unread }) : judgement;
}

type Seen = { readonly rest: readonly string[]; readonly texts: readonly string[]; readonly unread: readonly string[] };

/** What of the SQL nobody can read before it is run. */
function judgeUnseen({ isFedUnseen }: ShellCommand, { rest, texts, unread }: Seen): Judgement {
  const [file] = unread;
  if (file !== undefined)
    return {
      kind: 'ask',
      why: `What is in ${file} cannot be read before it is run.`,
      instead: `Plan it: \`godwit plan --from ${file}\`.`,
    };
  if (isFedUnseen)
    return {
      kind: 'ask',
      why: 'What is run comes out of another command, and cannot be read before.',
      instead: 'Put the SQL in a file, and plan it: `godwit plan --from FILE`.',
    };
  if (texts.some((text) => /(?<!\\)\bcopy\b[^;]*\b(to|from)\s+program\b/i.test(text)))
    return {
      kind: 'ask',
      why: 'It runs a program on the server of the database.',
      instead: 'Use `\\copy`, or run the program yourself.',
    };
  const isHidden = rest.some(
    (word, at) =>
      /\$\(|`|\$\{?\w/.test(word) && (/ /.test(word) || /^(-\w*[ce]|--command|--execute)$/.test(rest[at - 1] ?? '')),
  );
  return isHidden
    ? { kind: 'ask', why: 'A part of the SQL comes from a variable or another command.', instead: 'Write the SQL out.' }
    : allow;
}

/** A word, and what it may give to a flag that it begins with: `-cDROP …`, `-qcDROP …`, `--command=DROP …`. */
function valuesOf(word: string): readonly string[] {
  const long = /^--[\w-]+=([\s\S]*)$/.exec(word)?.[1];
  if (long !== undefined) return [word, long];
  const flags = /^-([a-zA-Z0-9]{1,6})/.exec(word)?.[1] ?? '';
  return [word, ...[...flags].map((_, at) => word.slice(at + 2))];
}
