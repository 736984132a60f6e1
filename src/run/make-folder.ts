import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fail } from '#core/error';

/**
 * Makes a folder that the user named, and what is missing above it. Throws `bad-input` where a file stands in the way or the
 * system refuses. One folder after the other: `recursive` of Node tries for ever where a file system such as /proc says that
 * the folder above, which is there, is not (seen on Node 20.20).
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await stat(at).catch(unlessMissing);
    if (found?.isDirectory() === true) break;
    if (found !== undefined) throw refused(folder, `${at} is a file.`);
    missing.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const at of missing) {
    try {
      await mkdir(at);
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'EEXIST') throw refused(folder, `The system says ${code} of ${at}.`, error);
    }
  }
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
  throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function refused(folder: string, why: string, cause?: unknown) {
  return fail(
    'bad-input',
    { what: `The folder ${folder} cannot be made.`, why, next: 'Name another folder, or make it yourself first.' },
    cause,
  );
}
