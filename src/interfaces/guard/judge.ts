import type { DangerousCall } from './danger.ts';
import { dangerousCalls, dangerousOnMigration } from './dangerous-calls.ts';
import { expandNames } from './expand-names.ts';
import type { GuardWorld } from './guard-world.ts';
import { judgeSql } from './judge-sql.ts';
import { allow, type Judgement, judged } from './judgement.ts';
import { isKept, keptBecause } from './kept-files.ts';
import { scriptsCalled } from './scripts-called.ts';
import type { ShellCommand } from './shell-command.ts';
import { shellCommands } from './shell-commands.ts';
import { dangerOfSql, isSqlCall, isSqlClient } from './sql-danger.ts';

/** Scripts that call scripts are followed so far. */
const depthMax = 4;

/** Judges a command line of a coding assistant. What it cannot read it does not let through. */
export function judge(line: string, world: GuardWorld, depth = 0): Judgement {
  const commands = depth > depthMax ? undefined : shellCommands(line);
  if (commands === undefined) {
    if (!isSuspect(line)) return allow;
    return {
      kind: 'deny',
      why: 'The command line cannot be read to its end, and names what goes past a plan.',
      instead: 'Write it as plain commands, one a line.',
    };
  }
  const judgements = [
    ...commands.map((command) => () => judgeCommand(command, world, depth)),
    ...expandNames(line).map((meant) => () => judge(meant, world, depth + 1)),
  ];
  let worst = allow;
  for (const judgement of judgements) {
    const one = judgement();
    if (one.kind === 'deny') return one;
    if (worst.kind === 'allow') worst = one;
  }
  return worst;
}

const suspect = [...dangerousCalls, ...dangerousOnMigration].flatMap(({ programs }) => programs);

/** Does a text name a program or a statement that could do harm? */
function isSuspect(line: string): boolean {
  const words = new Set(line.match(/[\w.-]+/g) ?? []);
  return suspect.some((name) => words.has(name)) || [...words].some(isSqlClient) || dangerOfSql(line) !== undefined;
}

function judgeCommand(command: ShellCommand, world: GuardWorld, depth: number): Judgement {
  const called = bareCall(command.words);
  const [first = ''] = called;
  const program = programOf(first);
  const rest = called.slice(1);
  if (/[$`]/.test(first) && rest.length > 0 && isSuspect(called.join(' ')))
    return { kind: 'deny', why: 'Which program is called stands in a variable.', instead: 'Name the program.' };
  const [caller = '', ...all] = command.words;
  const call = dangerousCalls.find((one) => isCalled(one, program, rest) || isCalled(one, programOf(caller), all));
  if (call !== undefined) return judged(call);
  const onWay = dangerousOnMigration.find((one) => isCalled(one, program, rest));
  if (onWay !== undefined && world.isMigrating()) return judged(onWay);
  const removes = program === 'rm' || program === 'shred' || (program === 'find' && rest.includes('-delete'));
  if (removes) return removalOf(rest);
  if (program === 'git' && rest.includes('rm')) return removalOf(rest);
  const moved = program === 'mv' ? removalOf(rest.slice(0, -1)) : allow;
  if (moved.kind !== 'allow') return moved;
  const written = [...command.written, ...filesWritten(program, rest)].find(isKept);
  if (written !== undefined) return judged(keptBecause(written));
  if (isSqlClient(program) || isSqlCall(program, rest)) return judgeSql(command, rest, world);
  const within = judgeWithin(command, world, depth);
  if (within.kind !== 'allow') return within;
  const calls = [called, ...(called === command.words ? [] : [command.words])];
  const scripts = calls.flatMap(([name = '', ...own]) => [
    ...(/\/[^/]*\.(ba|z|k)?sh$/.test(name) ? [{ file: name }] : []),
    ...scriptsCalled(programOf(name), own, { command, world }),
  ]);
  for (const script of scripts) {
    const text = typeof script === 'string' ? script : world.read(script.file);
    const judgement = text === undefined ? allow : judge(text, world, depth + 1);
    if (judgement.kind !== 'allow') return judgement;
  }
  return isToldUnseen(command, program, rest)
    ? {
        kind: 'ask',
        why: `What ${program} runs comes out of another command, and cannot be read before.`,
        instead: 'Put it in a file, read it, and call that.',
      }
    : allow;
}

/** True for a shell or a language that takes its program from another command. */
function isToldUnseen({ isFedUnseen }: ShellCommand, program: string, rest: readonly string[]): boolean {
  if (!/^((ba|da|z|k|a|fi)?sh|source|\.|node|deno|python[\d.]*|ruby|perl|php)$/.test(program)) return false;
  if (rest.some((word) => word.startsWith('<('))) return true;
  return isFedUnseen && rest.every((word) => word.startsWith('-') && !/^-\w*[ce]/.test(word));
}

/** Files that a program puts something into. */
function filesWritten(program: string, rest: readonly string[]): readonly string[] {
  const files = rest.filter((word) => !word.startsWith('-'));
  if (/^(mv|tee|truncate|shred)$/.test(program)) return files;
  if (/^(cp|ln|install|rsync)$/.test(program)) return files.slice(-1);
  if (program === 'dd') return files.flatMap((word) => /^of=(.+)$/.exec(word)?.[1] ?? []);
  return /^(sed|gsed|perl)$/.test(program) && rest.some((word) => /^(-\w*i|--in-place)/.test(word)) ? files : [];
}

function isCalled({ programs, isMeant }: DangerousCall, program: string, rest: readonly string[]): boolean {
  return programs.includes(program) && (isMeant === undefined || isMeant(rest));
}

/** Programs that look at their words or keep them, and call nothing that these name. All others may call what they name. */
const quiet =
  /^(echo|printf|cat|grep|egrep|fgrep|rg|ag|ack|git|gh|glab|ls|head|tail|less|more|wc|sort|uniq|cut|tr|sed|jq|yq|diff|cmp|file|stat|test|\[|\[\[|man|which|type|whereis|whatis|tldr|apt|apt-get|brew|dnf|apk|pip|pip3|mkdir|touch|cp|mv|ln|tee|chmod|chown|tar|zip|unzip|gzip|gunzip|curl|wget|export|declare|local|unset|cd|pushd|popd|read|true|false|for|case|select|function)$/;

/** Programs that do harm themselves, and call others too. */
const hosts = /^(docker|docker-compose|podman|heroku)$/;

/** The words from the program that does it on: `sudo -u x npx prisma …` is `prisma …`. */
function bareCall(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  const program = programOf(first);
  if (quiet.test(program) || (isKnown(program) && !hosts.test(program))) return words;
  const known = words.findIndex((word, at) => at > 0 && isKnown(programOf(word)));
  return known === -1 ? words : words.slice(known);
}

function isKnown(program: string): boolean {
  return suspect.includes(program) || isSqlClient(program) || program === 'rm';
}

/** `./node_modules/.bin/prisma`, `prisma@6`, `@prisma/cli` and `node_modules/prisma/build/index.js` are `prisma`, as it is called. */
function programOf(word: string): string {
  const installed = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\/.+\.[cm]?js$/.exec(word)?.[1];
  if (/(^|\/)interfaces\/cli\/main\.js$/.test(word)) return 'godwit';
  return (installed ?? word)
    .replace(/^.*\//, '')
    .replace(/(?<=.)@[^/]*$/, '')
    .replace(/\.(exe|cmd|ps1|bat)$/i, '');
}

function removalOf(rest: readonly string[]): Judgement {
  const lost = rest.find((word) =>
    /(^|\/)(migrations|plan\.json|\.godwit)(\/|$|\*)|^(\.\/)?\.git(\/(godwit|refs|objects|logs)(\/.*)?|\/?)$/.test(
      word,
    ),
  );
  if (lost !== undefined)
    return {
      kind: 'deny',
      why: `It removes ${lost}, where plans and what is needed to take them back stand.`,
      instead: 'Leave it; `godwit purge` drops what a finished plan has kept.',
    };
  const data = rest.find((word) => /\/(postgresql|mysql|mariadb|pgdata)(\/|$)/i.test(word));
  if (data === undefined) return allow;
  return { kind: 'deny', why: `${data} holds the files of a database.`, instead: 'Leave them to the server.' };
}

/** Programs that are told in one word what to do, by a language or a shell of their own. */
const tellers =
  /^(node|python[\d.]*|ruby|php|perl|deno|bun|tsx|awk|gawk|mawk|expect|script|ssh|watch|parallel|flock|su|runuser|tmux|screen|vim|vi|nvim|ed|mongosh|mongo|wrangler|heroku|sqlx)$/;

/** What stands in their words: SQL, or commands of a shell. */
function judgeWithin({ words, fed }: ShellCommand, world: GuardWorld, depth: number): Judgement {
  if (!tellers.test(programOf(words[0] ?? ''))) return allow;
  const told = [...words.slice(1).filter((word) => /\s|\(/.test(word)), fed].filter((text) => text !== '');
  const strings = told.flatMap((text) => [text.replace(/^[:!]+/, ''), ...stringsIn(text)]);
  for (const text of strings) {
    if (/\bdropDatabase\s*\(/.test(text))
      return { kind: 'deny', why: 'It drops a whole database.', instead: 'Leave it to the person.' };
    const danger = dangerOfSql(text);
    // In a program SQL stands in a string; elsewhere it is the word itself.
    if (danger !== undefined && (!told.includes(text) || isSqlItself(text))) return judged(danger);
    if (isKept(text) && told.some((whole) => /write|rename|copy|unlink|\brm|truncate|append/i.test(whole)))
      return judged(keptBecause(text));
    const judgement = isSuspect(text) ? judge(text.replace(/^\s*(?:spawn|exec)\s+/, ''), world, depth + 1) : allow;
    if (judgement.kind !== 'allow' && shellCommands(text) !== undefined) return judgement;
  }
  return allow;
}

function stringsIn(text: string): readonly string[] {
  const found = text.match(/(["'`])(?:\\[\s\S]|(?!\1)[^\\])*\1/g) ?? [];
  return found.map((one) => one.slice(1, -1).replaceAll(/\\(["'`\\])/g, '$1'));
}

function isSqlItself(text: string): boolean {
  return /^\s*(begin|drop|truncate|delete|update|alter|do|with)\b/i.test(text);
}
