import * as z from 'zod';
import { makeScripts } from './make-scripts.ts';
import { programOf } from './program-name.ts';
import type { ShellCommand } from './shell-command.ts';
import type { WorldHere } from './world-here.ts';

/** What a program runs: commands, or a file of them. `isNeeded`: a file that cannot be read is a question to a person. */
export type Script = string | { readonly file: string; readonly isNeeded: boolean };

type Seen = { readonly command: ShellCommand; readonly here: WorldHere };

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
const shells = /^(bash|sh|zsh|dash|ksh|ash|source|\.)$/;
const managers = /^(npm|pnpm|yarn|bun|npm-run-all|npm-run-all2|run-s|run-p|nr|turbo|lerna|nx|wsrun)$/;
const runners = /^(npm|pnpm|yarn|bun|npm-run-all|npm-run-all2|run-s|run-p|turbo|make|gmake|just|bash|sh|zsh|dash)$/;

/** What a call runs that stands in a file; so does what it calls by way of another program: `dotenv -- npm run reset`. */
export function scriptsCalled(words: readonly string[], seen: Seen): readonly Script[] {
  const [name = '', ...rest] = words;
  const program = programOf(name);
  const at = rest.findIndex((word) => runners.test(programOf(word)));
  const behind = at === -1 ? [] : ofProgram(programOf(rest[at] ?? ''), rest.slice(at + 1), seen);
  return [
    ...ofProgram(program, rest, seen),
    ...(managers.test(program) || shells.test(program) ? [] : behind.map(unneeded)),
    ...calledByPath(words, seen),
    ...startFiles(seen.command),
    ...inputFiles(seen.command),
  ];
}

const wrappers = /^(sudo|doas|nohup|setsid|time|timeout|nice|ionice|stdbuf|env|exec|command|watch|xargs)$/;

/** `./reset.sh`, `nohup ./reset.sh`, and what the line itself has written. */
function calledByPath(words: readonly string[], { here }: Seen): readonly Script[] {
  const called = wrappers.test(programOf(words[0] ?? '')) ? words : words.slice(0, 1);
  return called
    .filter((word) => /\/[^/]*\.(ba|z|k)?sh$/.test(word) || here.writesHere(word))
    .map((file) => ({ file, isNeeded: here.writesHere(file) }));
}

/** A file that another program calls may stand elsewhere: in a container, on another machine. */
function unneeded(script: Script): Script {
  return typeof script === 'string' ? script : { ...script, isNeeded: false };
}

function ofProgram(program: string, rest: readonly string[], { here }: Seen): readonly Script[] {
  if (managers.test(program)) return packageScripts(rest, here);
  if (/^(make|gmake|just)$/.test(program)) return makeScripts(program, rest, here);
  return shellFiles(program, rest);
}

/** A script in a file is looked at as if it were typed; with `-n` a shell runs nothing. */
function shellFiles(program: string, rest: readonly string[]): readonly Script[] {
  if (!shells.test(program)) return [];
  const end = rest.findIndex((word) => !/^[-+]/.test(word));
  const flags = rest.slice(0, end === -1 ? undefined : end);
  if (program !== 'source' && flags.some((word) => /^-[a-z]*[nc][a-z]*$/.test(word))) return [];
  const at = flags.some((word) => /^[-+][a-z]*[oO]$/.test(word)) ? end + 1 : end;
  const file = end === -1 ? undefined : rest[at];
  if (file === undefined) return [];
  const isShell = program !== 'source' && program !== '.';
  return [{ file, isNeeded: isShell && !file.startsWith('<(') }];
}

/** Files that a shell runs before all else: `BASH_ENV=x bash -c true`. */
function startFiles({ set, words }: ShellCommand): readonly Script[] {
  return [...set, ...words].flatMap((word) => {
    const file = /^(?:BASH_ENV|ENV)=(.+)$/.exec(word)?.[1];
    return file === undefined || !/[./]/.test(file) ? [] : [{ file, isNeeded: true }];
  });
}

/** A shell that reads its commands from a file, here or behind `ssh`. */
function inputFiles({ words, files }: ShellCommand): readonly Script[] {
  const at = words.findIndex((word) => /^(ba|da|z|k|a)?sh$/.test(programOf(word)));
  const isTold = at === -1 || words.slice(at).some((word) => /^-[a-z]*c[a-z]*$/.test(word));
  return isTold ? [] : files.map((file) => ({ file, isNeeded: true }));
}

/**
 * Scripts of package.json, with those that run before and after them: of this folder, and of each that a word names
 * (`npm --prefix app run reset`). Any word before `--` may be the name of one, or a pattern of names (`run-s 'build:*'`).
 */
function packageScripts(rest: readonly string[], here: WorldHere): readonly Script[] {
  const end = rest.indexOf('--');
  const words = (end === -1 ? rest : rest.slice(0, end)).map((word) => word.replace(/^--?[\w-]+=/, ''));
  const names = words.flatMap((word) => (word.startsWith('-') ? [] : [word, ...word.split(/\s+/).slice(0, 1)]));
  const folders = [
    '',
    ...names.filter((word) => /^[\w@./-]+$/.test(word)).map((word) => `${word.replace(/\/+$/, '')}/`),
  ];
  return folders.flatMap((folder) => {
    const text = here.read(`${folder}package.json`);
    const { scripts } = text === undefined ? { scripts: {} } : manifestSchema.parse(JSON.parse(text));
    const own = new Map(Object.entries(scripts));
    const called = names.flatMap((name) => [...own.keys()].filter((key) => isNamed(key, name)));
    return called.flatMap((name) => [`pre${name}`, name, `post${name}`].flatMap((one) => own.get(one) ?? []));
  });
}

/** `build:*` and `build:**` are all scripts that begin so. */
function isNamed(key: string, name: string): boolean {
  return key === name || (name.endsWith('*') && key.startsWith(name.replace(/\*+$/, '')) && name.length > 1);
}
