import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProcess } from '#code/process/run-process';
import { gitIn } from '#code/repository/git';
import type { FileChange } from '#code/text/file-change';
import { settleChanges, writeChanges } from '#code/tree/tree';
import { isFailure } from '#core/error';
import { diffText } from '../recipes/diff-text.ts';
import { hideValues } from './hide-values.ts';
import { type Jail, type JailGiven, openJail } from './jail.ts';
import { lostTests } from './lost-tests.ts';
import { spelledPath } from './spelled-path.ts';
import { writeFault } from './unwritable.ts';

/** What becomes of a file: a text in it, which stands there once, is replaced; or a file is made. */
export type JailedChange =
  | { readonly kind: 'replace'; readonly path: string; readonly old: string; readonly new: string }
  | { readonly kind: 'create'; readonly path: string; readonly text: string };

export type Written =
  | {
      readonly kind: 'written';
      readonly path: string /** Unified, without values that look like credentials. */;
      readonly diff: string;
    }
  | { readonly kind: 'refused'; readonly why: string; readonly instead: string };

const fileBytesMax = 1_000_000;

/**
 * Changes one file of a tree for somebody who is not trusted, whole or not at all: where git can bring it back, nowhere else, and
 * nothing that runs with rights of others. A file that somebody changes at the same time is left as it is.
 */
export async function writeInside(given: JailGiven, change: JailedChange): Promise<Written> {
  const jail = await openJail(given);
  const git = gitIn({ ...given, root: jail.root, run: runProcess });
  const folder = await git.try(['rev-parse', '--absolute-git-dir']);
  if (folder.exitCode !== 0)
    return refused(
      'Nothing is written where there is no repository of git: it could not be taken back.',
      'Ask the person to run `git init` and commit.',
    );
  const made =
    change.kind === 'replace' ? await replacement(jail, change) : await creation({ jail, given, git }, change);
  if (made.kind === 'refused') return made;
  const fault = writeFault(made.change.path);
  if (fault !== undefined) return refused(fault.why, fault.instead);
  const { path, before = '', after = '' } = made.change;
  const lost = lostTests(path, before, after);
  if (lost !== undefined)
    return refused(`Nothing was written. ${lost}`, 'Mend the code, or the test so that it claims as much as before.');
  if (Buffer.byteLength(after) > fileBytesMax)
    return refused(`${path} would be larger than ${fileBytesMax} bytes.`, 'Write less.');
  const journal = join(folder.output.trim(), 'godwit', 'assistant');
  try {
    await writeChanges(jail.root, [made.change], journal);
    await settleChanges(journal);
  } catch (error) {
    if (!isFailure(error) || (error.code !== 'drift' && error.code !== 'bad-input')) throw error;
    return refused(`${error.explanation.what} ${error.explanation.why}`, 'Read the file again before you change it.');
  }
  return { kind: 'written', path, diff: hideValues(diffText([made.change]), given.env) };
}

type Made = { readonly kind: 'made'; readonly change: FileChange } | Extract<Written, { kind: 'refused' }>;

async function replacement(jail: Jail, change: Extract<JailedChange, { kind: 'replace' }>): Promise<Made> {
  const file = await jail.read(change.path);
  if (file.kind === 'refused') return file;
  const { path, exact } = file;
  if (change.old === '')
    return refused('The old text is empty.', 'Copy the lines that are to be replaced, as they stand in the file.');
  if (change.old === change.new) return refused('Old and new text are the same.', 'Say what is to change.');
  if (Buffer.from(exact).toString() !== exact || exact.includes('\ufffd'))
    return refused(`${path} is not in UTF-8, and would not stay as it is.`, 'Let the person change it.');
  const [found, text] = placesOf(exact, change.old) > 0 ? [change.old, change.new] : withLineEnds(exact, change);
  const count = placesOf(exact, found);
  if (count === 0) {
    const isHidden = change.old.includes('[hidden]') ? ' What reads [hidden] cannot be part of it.' : '';
    return refused(
      `The old text does not stand in ${path}.${isHidden}`,
      'Read the file, and copy the text with its blanks, without the numbers of lines.',
    );
  }
  if (count > 1)
    return refused(
      `The old text stands ${count} times in ${path}.`,
      'Add lines before or after it until it stands there once.',
    );
  const at = exact.indexOf(found);
  const after = `${exact.slice(0, at)}${text}${exact.slice(at + found.length)}`;
  if (after.trim() === '')
    return refused(`${path} would be empty.`, 'Files are not removed here; say which, and let the person do it.');
  return { kind: 'made', change: { path, before: exact, after } };
}

/** A model writes `\n`; a file with `\r\n` keeps its own. */
function withLineEnds(
  exact: string,
  { old, new: text }: Extract<JailedChange, { kind: 'replace' }>,
): readonly [string, string] {
  if (!exact.includes('\r\n') || old.includes('\r')) return [old, text];
  return [old.replaceAll('\n', '\r\n'), text.replaceAll(/\r?\n/g, '\r\n')];
}

function placesOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}

type Place = { readonly jail: Jail; readonly given: JailGiven; readonly git: ReturnType<typeof gitIn> };

async function creation(
  { jail, given, git }: Place,
  { path: spelling, text }: Extract<JailedChange, { kind: 'create' }>,
): Promise<Made> {
  const spelled = spelledPath(spelling, [jail.root, given.root]);
  if (spelled.kind === 'refused')
    return refused(
      `${JSON.stringify(spelling.slice(0, 200))} is not written. ${spelled.why}`,
      'Name a path from the top of the repository.',
    );
  const { path } = spelled;
  if (path === '.' || spelling.endsWith('/')) return refused(`${path} names a folder.`, 'Name the file.');
  if ((await lstat(join(jail.root, path)).catch(() => undefined)) !== undefined)
    return refused(`${path} is there already.`, 'Change it with `edit`.');
  const folder = await nearestFolder(jail.root, path);
  if (!(await stat(folder)).isDirectory())
    return refused(`${path} would stand in a file.`, 'Name a folder before the last `/`.');
  if ((await realpath(folder)) !== folder)
    return refused(`${path} is reached through a symbolic link.`, 'Name its own folder.');
  const ignored = await git.try(['-c', 'core.fsmonitor=false', 'check-ignore', '--quiet', '--no-index', '--', path]);
  if (ignored.exitCode !== 1)
    return refused(`${path} is ignored by git, which could not take it back.`, 'Name another place.');
  if (text.trim() === '') return refused('The text is empty.', 'Say what is to stand in the file.');
  return { kind: 'made', change: { path, before: undefined, after: text } };
}

async function nearestFolder(root: string, path: string): Promise<string> {
  for (let folder = dirname(join(root, path)); folder.length > root.length; folder = dirname(folder)) {
    if ((await lstat(folder).catch(() => undefined)) !== undefined) return folder;
  }
  return root;
}

function refused(why: string, instead: string): Extract<Written, { kind: 'refused' }> {
  return { kind: 'refused', why, instead };
}
