import * as z from 'zod';
import type { Danger, DangerousCall } from './danger.ts';
import { dangerousCalls, dangerousOnMigration } from './dangerous-calls.ts';
import { type ShellCommand, shellCommands } from './shell-commands.ts';
import { dangerOfSql, isSqlClient } from './sql-danger.ts';

/** What the guard may look at. Every answer that it cannot get counts as the worst. */
export type GuardWorld = {
  /** Text of a file that a command reads; undefined where it cannot be read. */
  read(path: string): string | undefined;
  /** True where a migration is on its way in this folder, or nobody can tell. */
  isMigrating(): boolean;
};

/** What becomes of a command: it is let through, stopped, or a person decides. */
export type Judgement = { readonly kind: 'allow' } | ({ readonly kind: 'deny' | 'ask' } & Danger);

/** Scripts that call scripts are followed so far. */
const depthMax = 4;

/** Judges a command line of a coding assistant. What it cannot read it does not let through. */
export function judge(line: string, world: GuardWorld, depth = 0): Judgement {
  const commands = depth > depthMax ? undefined : shellCommands(line);
  if (commands === undefined) {
    if (!isSuspect(line)) return { kind: 'allow' };
    return {
      kind: 'deny',
      why: 'The command line cannot be read to its end, and names what goes past a plan.',
      instead: 'Write it as plain commands, one a line.',
    };
  }
  for (const command of commands) {
    const judgement = judgeCommand(command, world, depth);
    if (judgement.kind !== 'allow') return judgement;
  }
  return { kind: 'allow' };
}

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
const allow: Judgement = { kind: 'allow' };
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
  if (call !== undefined) return { kind: 'deny', why: call.why, instead: call.instead };
  const onWay = dangerousOnMigration.find((one) => isCalled(one, program, rest));
  if (onWay !== undefined && world.isMigrating()) return { kind: 'deny', why: onWay.why, instead: onWay.instead };
  const removes = program === 'rm' || program === 'shred' || (program === 'find' && rest.includes('-delete'));
  if (removes) return removalOf(rest);
  if (isSqlClient(program)) return judgeSql(command, rest, world);
  const within = judgeWithin(command, world, depth);
  if (within.kind !== 'allow') return within;
  const scripts = scriptsOf(program, rest, { command, world });
  for (const script of scripts) {
    const text = typeof script === 'string' ? script : world.read(script.file);
    const judgement = text === undefined ? allow : judge(text, world, depth + 1);
    if (judgement.kind !== 'allow') return judgement;
  }
  return allow;
}

function isCalled({ programs, isMeant }: DangerousCall, program: string, rest: readonly string[]): boolean {
  return programs.includes(program) && (isMeant === undefined || isMeant(rest));
}

/** Programs that call another one, with how many of their own words stand before it. */
const callers =
  /^(sudo|doas|env|command|exec|builtin|nohup|time|nice|ionice|timeout|stdbuf|setsid|unbuffer|watch|parallel|flock|su|runuser|script|find|xargs|npx|bunx|pnpx|dlx|exec|npm|pnpm|yarn|bun|bundle|poetry|uv|uvx|pipenv|rye|hatch|docker|docker-compose|podman|kubectl|compose|run|x|heroku|fly|ssh|wrangler|php|python[\d.]*|ruby|node|then|do|else|if|while|until|!|\{)$/;

/** The words from the program that does it on: `sudo -u x npx prisma …` is `prisma …`. */
function bareCall(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  if (!callers.test(programOf(first))) return words;
  const known = words.findIndex((word, at) => at > 0 && isKnown(programOf(word)));
  return known === -1 ? words : words.slice(known);
}

function isKnown(program: string): boolean {
  return suspect.includes(program) || isSqlClient(program) || program === 'rm';
}

/** `./node_modules/.bin/prisma`, `prisma@6` and `@prisma/cli` are `prisma`, as it is called. */
function programOf(word: string): string {
  return word
    .replace(/^.*\//, '')
    .replace(/(?<=.)@[^/]*$/, '')
    .replace(/\.(exe|cmd|ps1|bat)$/i, '');
}

function removalOf(rest: readonly string[]): Judgement {
  const lost = rest.find((word) => /(^|\/)(migrations|plan\.json|\.godwit)(\/|$|\*)/.test(word));
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

function judgeSql(command: ShellCommand, rest: readonly string[], world: GuardWorld): Judgement {
  const texts = [command.fed, ...rest];
  const included = texts.flatMap((text) => [...text.matchAll(/(?:^|\s)\\ir?\s+(\S+)/g)].map(([, file = '']) => file));
  const files = [...command.files, ...filesIn(rest), ...included];
  for (const file of files) {
    const text = world.read(file);
    if (text === undefined)
      return {
        kind: 'ask',
        why: `What is in ${file} cannot be read before it is run.`,
        instead: `Plan it: \`godwit plan --from ${file}\`.`,
      };
    texts.push(text);
  }
  for (const text of texts) {
    const danger = dangerOfSql(text);
    if (danger !== undefined) return { kind: 'deny', ...danger };
  }
  if (command.isFedUnseen)
    return {
      kind: 'ask',
      why: 'What is run comes out of another command, and cannot be read before.',
      instead: 'Put the SQL in a file, and plan it: `godwit plan --from FILE`.',
    };
  const isHidden = rest.some((word) => /\$\(|`|\$\{?\w/.test(word) && / /.test(word));
  return isHidden
    ? { kind: 'ask', why: 'A part of the SQL comes from a variable or another command.', instead: 'Write the SQL out.' }
    : allow;
}

function filesIn(rest: readonly string[]): readonly string[] {
  return rest.flatMap((word, at) => {
    if (word === '-f' || word === '--file') return [rest[at + 1] ?? ''];
    const joined = /^(?:--file=|-f)(.+)$/.exec(word)?.[1];
    return joined === undefined ? [] : [joined];
  });
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
    if (danger !== undefined && (!told.includes(text) || isSqlItself(text))) return { kind: 'deny', ...danger };
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

/** The commands of the targets that are called, as they stand in the Makefile or the justfile. */
function makeTargets(rest: readonly string[], world: GuardWorld): readonly Script[] {
  const text =
    ['Makefile', 'makefile', 'GNUmakefile', 'justfile', 'Justfile']
      .map((file) => world.read(file))
      .find((one) => one !== undefined) ?? '';
  const targets = new Set(rest.filter((word) => /^[\w.-]+$/.test(word)));
  return [...text.matchAll(/^([\w.-]+)[^\n:=]*:(?!=)[^\n]*\n((?:[ \t]+[^\n]*\n?)+)/gm)].flatMap(
    ([, name = '', body = '']) => (targets.has(name) ? [body.replaceAll(/^[ \t]+[@-]*/gm, '')] : []),
  );
}

type Seen = { readonly command: ShellCommand; readonly world: GuardWorld };

/** What a program runs that stands in a file. */
function scriptsOf(program: string, rest: readonly string[], { command, world }: Seen): readonly Script[] {
  if (/^(npm|pnpm|yarn|bun)$/.test(program)) return packageScripts(rest, world);
  return /^(make|gmake|just)$/.test(program) ? makeTargets(rest, world) : shellFiles(program, rest, command);
}

type Script = string | { readonly file: string };

/** A script in a file is looked at as if it were typed. */
function shellFiles(program: string, rest: readonly string[], { files }: ShellCommand): readonly Script[] {
  if (!/^(bash|sh|zsh|dash|source|\.)$/.test(program)) return [];
  const isInline = rest.some((word) => /^-[a-z]*c[a-z]*$/.test(word));
  const own = isInline ? [] : rest.filter((word) => !word.startsWith('-')).slice(0, 1);
  return [...own, ...files].map((file) => ({ file }));
}

/** So is a script of package.json, with those that run before and after it. */
function packageScripts(rest: readonly string[], world: GuardWorld): readonly Script[] {
  const name = rest.filter((word) => !word.startsWith('-') && !/^(run|run-script)$/.test(word))[0];
  const text = world.read('package.json');
  if (name === undefined || text === undefined) return [];
  const { scripts } = manifestSchema.parse(JSON.parse(text));
  return [`pre${name}`, name, `post${name}`].flatMap((one) => scripts[one] ?? []);
}
