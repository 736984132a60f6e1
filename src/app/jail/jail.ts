import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { hideValues } from './hide-values.ts';
import { isSecretPath } from './secret-files.ts';
import { spelledPath } from './spelled-path.ts';
import { type Visible, visibleFiles } from './visible-files.ts';

/** What is refused: why, and what to do instead. Both are sentences for a model. */
export type JailRefusal = { readonly kind: 'refused'; readonly why: string; readonly instead: string };

/** A place in the tree that may be looked at, with its path from the top; `.` is the top. */
export type JailPlace = { readonly kind: 'file' | 'folder'; readonly path: string };

/** A text file: `shown` tells its text without values that look like credentials, `exact` is what stands in it. */
export type JailText = {
  readonly kind: 'text';
  readonly path: string;
  readonly exact: string;
  shown(): string;
};

/** A working tree as somebody may see it who is not trusted: its own files, without what git ignores and without secrets. */
export interface Jail {
  /** The top of the tree, absolute and real. */
  readonly root: string;
  /** Says in a sentence which files can be seen. */
  readonly rule: string;
  /** The files that can be seen, sorted; and how many cannot, because they hold credentials. They are listed once. */
  files(): Promise<Visible>;
  /** Where a path leads, if it may be looked at. It may be gone a moment later: who reads it asks `read`. */
  place(spelling: string): Promise<JailPlace | JailRefusal>;
  /** The text of a file: the file is opened, and what was opened is judged, so that nobody can put another in its place. */
  read(spelling: string): Promise<JailText | JailRefusal>;
}

export type JailGiven = {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

/** Larger files are named, not shown. */
export const readBytesMax = 4_000_000;

/** Opens a tree to somebody who is not trusted. Throws where `root` is no folder. */
export async function openJail(given: JailGiven): Promise<Jail> {
  const root = await realpath(given.root);
  let whole: Visible | undefined;
  let listed: ReadonlySet<string> = new Set();
  const files = async (below = '.'): Promise<Visible> => {
    if (whole !== undefined) return whole;
    const found = await visibleFiles({ ...given, root }, below);
    if (below === '.') {
      whole = found;
      listed = new Set(found.files);
    }
    return found;
  };
  const { rule } = await visibleFiles({ ...given, root }, undefined);
  const place = async (spelling: string): Promise<JailPlace | JailRefusal> => {
    const spelled = spelledPath(spelling, [root, given.root]);
    if (spelled.kind === 'refused') return refusal(`${quoted(spelling)} is not read. ${spelled.why}`);
    return placeIn(root, { path: spelled.path, files });
  };
  return {
    root,
    rule,
    files: () => files(),
    place,
    read: async (spelling) => {
      // What was listed is judged by what is opened.
      if (listed.has(spelling)) return readFileIn(root, spelling, given.env);
      const found = await place(spelling);
      if (found.kind === 'refused') return found;
      if (found.kind === 'folder')
        return { kind: 'refused', why: `${found.path} is a folder.`, instead: 'List it with `glob`.' };
      return readFileIn(root, found.path, given.env);
    },
  };
}

async function placeIn(
  root: string,
  { path, files }: { readonly path: string; readonly files: (below: string) => Promise<Visible> },
): Promise<JailPlace | JailRefusal> {
  if (path === '.') return { kind: 'folder', path };
  if (isSecretPath(path)) return secretRefusal(path);
  const whole = join(root, path);
  const found = await lstat(whole).catch(() => undefined);
  if (found === undefined) return refusal(`${path} is not there.`);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== whole) return linkRefusal(root, path, real);
  if (!found.isFile() && !found.isDirectory()) return refusal(`${path} is neither a file nor a folder.`);
  const seen = (await files(path)).files;
  if (found.isDirectory() && seen.some((file) => file.startsWith(`${path}/`))) return { kind: 'folder', path };
  if (found.isFile() && seen.includes(path)) return { kind: 'file', path };
  return refusal(`${path} is not shown: it is ignored by git, or part of another repository.`);
}

/** Opens a file without following a link, and looks where the descriptor really leads before anything is read from it. */
async function readFileIn(root: string, path: string, env: JailGiven['env']): Promise<JailText | JailRefusal> {
  const whole = join(root, path);
  const handle = await open(whole, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    whenUnreadable,
  );
  if (handle === undefined)
    return refusal(`${path} cannot be opened: it went away, is a link now, or is closed to this user.`);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return refusal(`${path} is no plain file.`);
    if ((await pathOf(handle, whole)) !== whole) return linkRefusal(root, path, undefined);
    if (found.size > readBytesMax)
      return refusal(`${path} has ${found.size} bytes; files over ${readBytesMax} are not shown.`);
    const bytes = Buffer.alloc(found.size);
    const { bytesRead } = await handle.read(bytes, 0, found.size, 0);
    const read = bytes.subarray(0, bytesRead);
    if (isBinary(read)) return refusal(`${path} is binary (${found.size} bytes), and not shown.`);
    const exact = read.toString('utf8');
    return { kind: 'text', path, exact, shown: () => hideValues(exact, env) };
  } finally {
    await handle.close();
  }
}

function whenUnreadable(error: unknown): undefined {
  if (error instanceof Error && 'code' in error) return undefined;
  throw error;
}

/** The path of what a descriptor has open. Linux knows it; elsewhere the path has to lead to the same file still. */
async function pathOf(handle: FileHandle, whole: string): Promise<string | undefined> {
  if (process.platform === 'linux') return readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
  const real = await realpath(whole).catch(() => undefined);
  const [now, opened] = [real === undefined ? undefined : await lstat(real), await handle.stat()];
  return now?.ino === opened.ino && now.dev === opened.dev ? real : undefined;
}

/** As git tells: a NUL among the first bytes. */
function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8_000).includes(0);
}

function linkRefusal(root: string, path: string, real: string | undefined): JailRefusal {
  const isInside = real?.startsWith(`${root}/`) === true;
  return refusal(
    isInside
      ? `${path} is reached through a symbolic link or spelled in another case; its own name is ${real.slice(root.length + 1)}.`
      : `${path} is a symbolic link, or reached through one; links are not followed.`,
  );
}

function secretRefusal(path: string): JailRefusal {
  return {
    kind: 'refused',
    why: `${path} is not shown: files of this name hold credentials.`,
    instead: 'Go on without its values; ask the person which names are set in it, if you need to know.',
  };
}

function refusal(why: string): JailRefusal {
  return { kind: 'refused', why, instead: 'See with `glob` which files there are.' };
}

function quoted(spelling: string): string {
  return JSON.stringify(spelling.length > 200 ? `${spelling.slice(0, 200)}…` : spelling);
}
