import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Files } from './move-files.ts';

const noGlobalType = 2318;

/** How often the compiler says what of the generated workspace, once it stands on disk with its packages linked. */
export async function compilerSays(files: Files): Promise<Readonly<Record<string, number>>> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'godwit-made-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await mkdir(join(root, 'node_modules/@made'), { recursive: true });
    for (const name of ['core', 'app'])
      await symlink(join(root, 'packages', name), join(root, 'node_modules/@made', name));
    const said: Record<string, number> = {};
    for (const name of ['core', 'app']) {
      for (const code of codesIn(join(root, 'packages', name)))
        said[`${name} ${code}`] = (said[`${name} ${code}`] ?? 0) + 1;
    }
    return said;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Without the library of the language, which takes most of the time and has no say in names. */
function codesIn(folder: string): readonly number[] {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram(fileNames, { ...options, noLib: true, types: [], noEmit: true });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ code }) => code)
    .filter((code) => code !== noGlobalType);
}
