import { programOf } from './program-name.ts';
import type { ShellCommand } from './shell-command.ts';

/** Flags of psql and its like without a value, which may stand before the `f` of a file: `-1f`. */
const joinedFile = /^-[aAbeEHlnqsStVwWxXz01?]*f([\s\S]*)$/;

/** Flags that are followed by a file of SQL. `--fil` is as much of `--file` as no other flag of psql has. */
const fileFlag: Readonly<Record<string, RegExp>> = {
  mysql: /^--(?:init-file)(?:=([\s\S]*))?$/,
  mariadb: /^--(?:init-file)(?:=([\s\S]*))?$/,
  sqlite3: /^--?(?:init)(?:=([\s\S]*))?$/,
  sqlcmd: /^(?:-i|--input-file)(?:=?([\s\S]*))?$/,
  'clickhouse-client': /^--queries-file(?:=([\s\S]*))?$/,
};
const others = /^--(?:fil|file)(?:=([\s\S]*))?$/;

/** Files of SQL that a call of a client runs, by its flags, its environment, and `<(…)`. */
export function filesOfSql({ set, words }: ShellCommand, called: readonly string[]): readonly string[] {
  const [name = '', ...rest] = called;
  const program = programOf(name);
  const own = fileFlag[program];
  const byFlag = rest.flatMap((word, at) => {
    const found = own === undefined ? (others.exec(word) ?? joinedFile.exec(word)) : own.exec(word);
    if (found === null) return [];
    const [, joined] = found;
    return [joined === undefined || joined === '' ? (rest[at + 1] ?? '') : joined];
  });
  const byName = [...set, ...words].flatMap((word) => /^PSQLRC=(.+)$/.exec(word)?.[1] ?? []);
  return [...byFlag, ...byName, ...rest.filter((word) => word.startsWith('<('))].filter(
    (file, at, all) => all.indexOf(file) === at && file !== '-',
  );
}

/** Files that some SQL includes, in the words of psql, mysql and sqlite3. */
export function filesWithin(sql: string): readonly string[] {
  const forms = [
    /(?:^|\s)\\(?:ir?|include(?:_relative)?)\s+(\S+)/g,
    /(?:^|[;\n])\s*source\s+([^\s;]+)/gi,
    /(?:^|[;\s])\\\.\s+([^\s;]+)/g,
    /(?:^|[;\n])\s*\.read\s+(?!["']?\|)(\S+)/g,
  ];
  return forms.flatMap((form) => [...sql.matchAll(form)].map(([, file = '']) => file.replaceAll(/^["']|["';]+$/g, '')));
}

/** Command lines that some SQL has a shell run: `\!`, pipes into and from programs, `.shell`, `COPY … TO PROGRAM`. */
export function linesWithin(sql: string): readonly string[] {
  const forms = [
    /\\!\s*([^\n]+)/g,
    /\\(?:o|g|gx|w|copy)\b[^\n]*?\|\s*([^\n]+)/g,
    /\bprogram\s+'((?:[^']|'')+)'/gi,
    /(?:^|\n)\s*(?:\.shell|\.system|system)\s+([^\n]+)/g,
    /(?:^|\n)\s*\.(?:read|once|output|import)\s+["']?\|\s*([^\n]+)/g,
  ];
  return forms.flatMap((form) => [...sql.matchAll(form)].map(([, line = '']) => line.replaceAll("''", "'")));
}
