import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import type { Files } from './move-files.ts';

/** What the main module of a project prints once its TypeScript is taken out; every file is written as the compiler emits it. */
export async function printedBy(files: Files, main = 'src/main.js'): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-printed-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      const isScript = path.endsWith('.ts');
      const target = join(root, isScript ? path.replace(/\.ts$/, '.js') : path);
      await mkdir(dirname(target), { recursive: true });
      const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      await writeFile(target, isScript ? ts.transpileModule(text, { compilerOptions: options }).outputText : text);
    }
    return (await promisify(execFile)(process.execPath, [join(root, main)])).stdout;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
