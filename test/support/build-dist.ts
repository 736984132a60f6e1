import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/**
 * Compiles src to dist where a source is newer. Errors of types are printed and do not stop the tests: the compiler
 * writes its output all the same, and `npm run check` judges them.
 */
export async function buildDist(): Promise<void> {
  if (!(await isStale())) return;
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await new Promise<void>((done) => {
    execFile(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root }, (_error, stdout, stderr) => {
      process.stderr.write(`${stdout}${stderr}`);
      done();
    });
  });
}

async function isStale(): Promise<boolean> {
  const built = await modifiedMs(join(root, 'dist', '.tsbuildinfo'));
  const sources = (await readdir(join(root, 'src'), { recursive: true })).filter(isCompiled);
  for (const name of sources) {
    if ((await modifiedMs(join(root, 'src', name))) > built) return true;
  }
  return false;
}

async function modifiedMs(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}

function isCompiled(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts');
}
