import { existsSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import picomatch from 'picomatch';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { settingNames } from '#db/histories/index';
import { basename, below, dirname } from '#db/lint/folder/paths';
import { walkFolder } from './walk-folder.ts';

/** A file that is there; `top` is the named folder that it was found in, undefined where it was named itself. */
export type GatheredFile = { readonly path: string; readonly top: string | undefined };

/** Files by absolute paths with slashes. */
export type Gathered = {
  readonly files: readonly GatheredFile[];
  /** The paths of `files`. */
  readonly own: ReadonlySet<string>;
  /** Settings of tools in folders above those that were named. */
  readonly settings: readonly string[];
  readonly findings: readonly Finding[];
};

type Gathering = {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly filesMax: number;
  readonly mayRead?: ((path: string) => boolean) | undefined;
};

/** Finds what the command line names. Throws `bad-input` for a path that is not there and a pattern that nothing fits. */
export function gatherFiles(named: readonly string[], gathering: Gathering): Gathered {
  const files = new Map<string, GatheredFile>();
  const findings: Finding[] = [];
  const places = new Set<string>();
  for (const name of named) {
    const path = slashed(resolve(gathering.cwd, name));
    const found = statOf(path);
    if (found === undefined) {
      const matches = matchesOf(name, gathering, findings);
      for (const match of matches) files.set(match, { path: match, top: undefined });
      for (const folder of matches.map(dirname)) places.add(folder);
    } else if (found.isDirectory()) {
      for (const file of walked(path, gathering, findings))
        files.set(file, files.get(file) ?? { path: file, top: path });
      places.add(path);
    } else {
      files.set(path, { path, top: undefined });
      places.add(dirname(path));
    }
  }
  const own = new Set(files.keys());
  const { mayRead = () => true } = gathering;
  const settings = [...new Set([...places].flatMap(settingsAbove))].filter((path) => !own.has(path) && mayRead(path));
  return { files: [...files.values()], own, settings, findings };
}

function walked(
  folder: string,
  { signal, filesMax, mayRead = () => true }: Gathering,
  findings: Finding[],
): readonly string[] {
  const { files, passedOver, isCut } = walkFolder(folder, { signal, filesMax });
  findings.push(...passedOver.map(({ path, why }) => notRead(path, why)));
  if (isCut) {
    const why = `It has more than ${filesMax} files; what comes after those was not looked at.`;
    findings.push({ ...notRead(folder, why), cure: 'Name the folder of the migrations itself.' });
  }
  return files.filter(mayRead);
}

/** What could not be read, and why. */
export function notRead(path: string, why: string): Finding {
  return { rule: 'lint/not-read', severity: 'warning', message: `Not read: ${why}`, file: path };
}

function matchesOf(name: string, gathering: Gathering, findings: Finding[]): readonly string[] {
  const { isGlob, base } = picomatch.scan(slashed(name));
  const top = slashed(resolve(gathering.cwd, base === '' ? '.' : base));
  if (!isGlob || statOf(top)?.isDirectory() !== true) {
    throw fail('bad-input', {
      what: `${name} is not there.`,
      why: `Nothing stands at ${slashed(resolve(gathering.cwd, name))}.`,
      next: 'Name a file, a folder, a pattern such as "migrations/*.sql", or - for standard input.',
    });
  }
  const isMatch = picomatch(slashed(resolve(gathering.cwd, name)), { dot: true });
  const matches = walked(top, gathering, findings).filter((path) => isMatch(path));
  if (matches.length > 0) return matches;
  throw fail('bad-input', {
    what: `No file fits the pattern ${name}.`,
    why: `None of the files below ${base === '' ? '.' : base} does.`,
    next: 'Look at the pattern: ** stands for folders however deep, * for part of a name.',
  });
}

/** A folder above the project has nothing to say; how deep a folder of migrations stands in one. */
const levelsMax = 5;

function settingsAbove(place: string): readonly string[] {
  const found: string[] = [];
  let folder = place;
  for (let level = 0; level < levelsMax; level += 1) {
    found.push(...settingNames.map((name) => below(folder, name)).filter((path) => existsSync(path)));
    if (existsSync(below(folder, '.git')) || dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return found;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A name with a character that no file can have, or a part of it that is a file: it is not there.
    if (
      error instanceof Error &&
      'code' in error &&
      /^(ENOTDIR|EINVAL|ERR_INVALID_ARG_VALUE)$/.test(String(error.code))
    )
      return undefined;
    throw fail(
      'bad-input',
      {
        what: `${basename(path)} cannot be looked at.`,
        why: `The system says: ${error instanceof Error ? error.message : String(error)}`,
        next: 'Give yourself the right to read it, or leave it out.',
      },
      error,
    );
  }
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
