import * as z from 'zod';
import type { GuardWorld } from './guard-world.ts';
import type { ShellCommand } from './shell-command.ts';

/** What a program runs: commands, or a file of them. */
export type Script = string | { readonly file: string };

type Seen = { readonly command: ShellCommand; readonly world: GuardWorld };

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** What a program runs that stands in a file. */
export function scriptsCalled(program: string, rest: readonly string[], { command, world }: Seen): readonly Script[] {
  if (/^(npm|pnpm|yarn|bun)$/.test(program)) return packageScripts(rest, world);
  return /^(make|gmake|just)$/.test(program) ? makeTargets(rest, world) : shellFiles(program, rest, command);
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

/** A script in a file is looked at as if it were typed. */
function shellFiles(program: string, rest: readonly string[], { files }: ShellCommand): readonly Script[] {
  if (!/^(bash|sh|zsh|dash|source|\.)$/.test(program)) return [];
  const isInline = rest.some((word) => /^-[a-z]*c[a-z]*$/.test(word));
  const own = isInline ? [] : rest.filter((word) => !word.startsWith('-')).slice(0, 1);
  return [...own, ...files].map((file) => ({ file }));
}

/**
 * So are scripts of package.json, with those that run before and after them: of this folder, and of each that a word names
 * (`npm --prefix app run reset`). Any word before `--` may be the name of one.
 */
function packageScripts(rest: readonly string[], world: GuardWorld): readonly Script[] {
  const end = rest.indexOf('--');
  const words = (end === -1 ? rest : rest.slice(0, end)).map((word) => word.replace(/^--?[\w-]+=/, ''));
  const names = words.filter((word) => !word.startsWith('-'));
  const folders = [
    '',
    ...names.filter((word) => /^[\w@./-]+$/.test(word)).map((word) => `${word.replace(/\/+$/, '')}/`),
  ];
  return folders.flatMap((folder) => {
    const text = world.read(`${folder}package.json`);
    const { scripts } = text === undefined ? { scripts: {} } : manifestSchema.parse(JSON.parse(text));
    const own = new Map(Object.entries(scripts));
    return names.flatMap((name) => [`pre${name}`, name, `post${name}`].flatMap((one) => own.get(one) ?? []));
  });
}
