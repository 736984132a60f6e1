import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isFolder } from '../tree/walk.ts';
import { type CodemodPackage, isCodemodPackage, readCodemodPackage } from './codemod-package.ts';
import { StepFault } from './step-fault.ts';

/** How many folders upwards a package's neighbours are looked for. */
const levelsMax = 4;

/**
 * The package that a step names: a path from its own package; else, by name, an installed one, or one that stands beside it
 * in the same repository. Throws StepFault where there is none: godwit fetches none from the public registry of codemods.
 */
export async function nestedPackage(source: string, folder: string): Promise<CodemodPackage> {
  if (/^\.{1,2}\//.test(source)) return readCodemodPackage(resolve(folder, source));
  const name = source.replace(/(?<=.)@[^@/]*$/, '');
  for (let home = folder, level = 0; level < levelsMax && dirname(home) !== home; home = dirname(home), level += 1) {
    const installed = join(home, 'node_modules', name);
    if (await isCodemodPackage(installed)) return readCodemodPackage(installed);
    const beside = await namedIn(dirname(home), name);
    if (beside !== undefined) return beside;
  }
  throw new StepFault(
    `It runs ${source}, which is neither installed nor beside this package; godwit does not fetch it.`,
  );
}

async function namedIn(folder: string, name: string): Promise<CodemodPackage | undefined> {
  const entries = (await isFolder(folder)) ? await readdir(folder, { withFileTypes: true }) : [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory() || !(await isCodemodPackage(path))) continue;
    const found = await readCodemodPackage(path);
    if (found.manifest.name === name) return found;
  }
  return undefined;
}

/** `--param name=value`, `-p name=value` and `name=value`. Throws StepFault for anything else. */
export function paramsFromArguments(args: readonly string[]): Readonly<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const text of args) {
    if (text === '--param' || text === '-p') continue;
    const { name, value } = /^(?:--param=)?(?<name>[\w.-]+)=(?<value>.*)$/s.exec(text)?.groups ?? {};
    if (name === undefined || value === undefined || name.startsWith('-')) {
      throw new StepFault(`It passes ${text} to another package; only parameters are passed on.`);
    }
    params[name] = value;
  }
  return params;
}
