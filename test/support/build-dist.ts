import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/**
 * Compiles src to dist where a source is newer, and bundles the command line, which is what its tests run. Errors of types
 * are printed and do not stop the tests: the compiler writes its output all the same, and `npm run check` judges them.
 */
export async function buildDist(): Promise<void> {
  if (!(await isStale())) return;
  await ran(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json');
  await ran('--import', 'tsx', join('tools', 'bundle.ts'));
}

async function ran(...words: readonly string[]): Promise<void> {
  await new Promise<void>((done) => {
    execFile(process.execPath, words, { cwd: root }, (_error, stdout, stderr) => {
      process.stderr.write(`${stdout}${stderr}`);
      done();
    });
  });
}

async function isStale(): Promise<boolean> {
  const built = await modifiedMs(join(root, 'dist', 'godwit.cjs'));
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
