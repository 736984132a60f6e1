import { delimiter, join } from 'node:path';
import { shellWord } from '#core/shell';
import type { ManagerProgram } from '../install/manager-program.ts';
import { keepProgram } from '../tree/tree.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment in which scripts find their package manager by its name, as they do for whoever works with it: where
 * Corepack or npx starts it, nothing of that name is in PATH, or another version. `folder` lies outside of the tree.
 */
export async function withManagerInPath(env: Env, { name, words }: ManagerProgram, folder: string): Promise<Env> {
  if (words.length === 1 && words[0] === name) return env;
  const called = words.map(shellWord).join(' ');
  await keepProgram(join(folder, name), `#!/bin/sh\nexec ${called} "$@"\n`);
  await keepProgram(join(folder, `${name}.cmd`), `@${words.join(' ')} %*\r\n`);
  return { ...env, PATH: [folder, env.PATH ?? ''].join(delimiter) };
}
