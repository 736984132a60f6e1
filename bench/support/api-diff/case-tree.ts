import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { CompilerError } from '#code/api/confirm';

const execute = promisify(execFile);
const texts = z.record(z.string(), z.string()).default({});
/** package.json of a case: what it depends on, and what is upgraded (or taken away) to what. */
const caseSchema = z.looseObject({
  dependencies: texts,
  devDependencies: texts,
  upgrade: texts,
  removed: z.array(z.string()).default([]),
});
export type CaseManifest = z.infer<typeof caseSchema>;

export type CaseUpgrade = { readonly name: string; readonly from: string; readonly to: string };

const folder = join(import.meta.dirname, '../../../test/trees/api-diff');
const runtimeMark = '// breaks at run time';

export async function caseNames(): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

export async function readCase(
  name: string,
): Promise<{ readonly manifest: CaseManifest; readonly upgrades: readonly CaseUpgrade[] }> {
  const manifest = caseSchema.parse(JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8')));
  const declared = { ...manifest.dependencies, ...manifest.devDependencies };
  const upgrades = Object.entries(manifest.upgrade).flatMap(([dependency, to]) => {
    const from = declared[dependency];
    return from === undefined ? [] : [{ name: dependency, from, to }];
  });
  return { manifest, upgrades };
}

/** Copies a case and installs what its package.json names, at the old or the new versions, as a user would. */
export async function installCase(name: string, side: 'old' | 'new', to: string): Promise<void> {
  const { manifest } = await readCase(name);
  const { upgrade, removed, ...kept } = manifest;
  const at = (dependencies: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(dependencies).flatMap(([dependency, version]) => {
        if (side === 'old') return [[dependency, version]];
        return removed.includes(dependency) ? [] : [[dependency, upgrade[dependency] ?? version]];
      }),
    );
  await mkdir(to, { recursive: true });
  await cp(join(folder, name), to, { recursive: true });
  const written = { ...kept, dependencies: at(manifest.dependencies), devDependencies: at(manifest.devDependencies) };
  await writeFile(join(to, 'package.json'), JSON.stringify(written, null, 2));
  await install(to);
}

/** Installs a compiler that is not ours, so that what it says is no echo of what we predict with. */
export async function installCompiler(to: string): Promise<string> {
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'package.json'), JSON.stringify({ private: true, dependencies: { typescript: '5.9.3' } }));
  await install(to);
  return join(to, 'node_modules/typescript/bin/tsc');
}

/** What a compiler says of a tree. */
export async function compile(tsc: string, root: string): Promise<readonly CompilerError[]> {
  const output = await execute(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  }).catch((error: unknown) => z.object({ stdout: z.string() }).parse(error));
  // What belongs to an error is indented below it.
  return output.stdout.split(/\n(?! )/).flatMap((line) => {
    const found = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/s.exec(line);
    if (found === null) return [];
    const [, file = '', row = '', column = '', code = '', message = ''] = found;
    return [{ file, line: Number(row), column: Number(column), code, message }];
  });
}

/** Lines that a case marks: what breaks there shows only when it runs. */
export async function runtimeBreaks(name: string): Promise<readonly CompilerError[]> {
  const files = (await readdir(join(folder, name, 'src'))).sort();
  const breaks: CompilerError[] = [];
  for (const file of files) {
    const lines = (await readFile(join(folder, name, 'src', file), 'utf8')).split('\n');
    for (const [index, text] of lines.entries()) {
      if (text.includes(runtimeMark))
        breaks.push({ file: `src/${file}`, line: index + 1, code: 'RUNTIME', message: text.trim() });
    }
  }
  return breaks;
}

async function install(root: string): Promise<void> {
  await rm(join(root, 'node_modules'), { recursive: true, force: true });
  await execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--silent'], {
    cwd: root,
  });
}

/** Takes what is installed away, to predict as on a fresh checkout. */
export async function hideInstalled(root: string): Promise<void> {
  await rename(join(root, 'node_modules'), join(root, '.installed'));
}
