import { satisfies, valid, validRange } from 'semver';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { packageManagers } from '../package-managers/index.ts';
import type { RunProcess } from '../process/run-process.ts';
import type { PackageManager, PackageManagerName } from '../snapshot.ts';
import { installEnvironment } from './install-environment.ts';
import type { ManagerProgram } from './manager-program.ts';

type Env = Readonly<Record<string, string | undefined>>;
type World = { readonly root: string; readonly env: Env; readonly run: RunProcess };
type Words = ManagerProgram['words'];

/** Of a package manager, what looking for its program needs to know. */
export type Wanted = Pick<PackageManager, 'name' | 'version' | 'lockFormat'>;

/** The program of a package manager, and what has to be said of it. */
export type FoundManager = { readonly program: ManagerProgram; readonly findings: readonly Finding[] };

const askTimeoutMs = 120_000;

/**
 * The program by which a tree is installed: the one in PATH where it is of a version that the tree wants (the major that
 * `packageManager` names, and one that writes the tree's lock file), else Corepack's, else, where an exact version is
 * named, that version from the registry through `npx`. Throws `install-failed` where there is none.
 */
export async function findManager(wanted: Wanted, world: World, signal: AbortSignal): Promise<FoundManager> {
  const { name, version } = wanted;
  const seen: string[] = [];
  for (const words of candidates(wanted)) {
    const found = await versionOf(words, world, signal);
    if (found !== undefined && isWanted(found, wanted))
      return { program: { name, words, version: found }, findings: differs(name, found, version) };
    seen.push(`\`${words.join(' ')}\` ${found === undefined ? 'does not start' : `is ${found}`}`);
  }
  const named = version ?? writersOf(wanted);
  throw fail('install-failed', {
    what: `${name}${named === undefined ? '' : ` ${named}`}, which installs this tree, is not there.`,
    why: `${seen.join('; ')}.`,
    next: howToGet(wanted),
  });
}

function candidates({ name, version }: Wanted): readonly Words[] {
  const exact = valid(version) === null ? undefined : version;
  const kind = packageManagers.find(({ id }) => id === name);
  const own: Words = [name];
  if (name === 'npm') return [own];
  const corepack: readonly Words[] = name === 'bun' ? [] : [['corepack', name]];
  if (exact === undefined || kind === undefined) return [own, ...corepack];
  const npx: Words = ['npx', '--yes', '--package', `${kind.packageFor(exact)}@${exact}`, '--', name];
  return [own, ...corepack, npx];
}

/** Asked in the root, where Corepack and the package managers' own files decide which version answers. */
async function versionOf(words: Words, { root, env, run }: World, signal: AbortSignal): Promise<string | undefined> {
  const [program, ...args] = words;
  const result = await run(
    { command: [program, ...args, '--version'], cwd: root, env: installEnvironment(env), timeoutMs: askTimeoutMs },
    signal,
  );
  const said = /^v?(\d+\.\d+\.\d+\S*)\s*$/m.exec(result.output)?.[1];
  return result.exitCode === 0 ? said : undefined;
}

function isWanted(found: string, wanted: Wanted): boolean {
  const { version } = wanted;
  const writers = writersOf(wanted);
  const fits = (range: string | undefined): boolean =>
    range === undefined || validRange(range) === null || satisfies(found, range, { includePrerelease: true });
  // npm cannot be exchanged by Corepack or npx without touching the user's own; it reads every format.
  if (wanted.name === 'npm') return true;
  const exact = valid(version);
  return fits(exact === null ? version : exact.split('.')[0]) && fits(writers);
}

function writersOf({ name, lockFormat }: Wanted): string | undefined {
  return lockFormat === undefined ? undefined : packageManagers.find(({ id }) => id === name)?.writersOf(lockFormat);
}

function differs(name: PackageManagerName, found: string, stated: string | undefined): readonly Finding[] {
  const isSame = stated === undefined || (valid(stated) === null ? satisfies(found, stated) : stated === found);
  if (isSame) return [];
  const message = `package.json names ${name} ${stated}, and ${name} ${found} is here; it installs.`;
  return [{ rule: 'install/manager-version', severity: 'advice', message, object: name }];
}

function howToGet({ name, version }: Wanted): string {
  const at = version === undefined ? '' : `@${version}`;
  if (name === 'npm') return `Install Node.js, which brings npm, or \`npm install --global npm${at}\`.`;
  if (name === 'bun') return `Install it: \`npm install --global bun${at}\`.`;
  const field = version === undefined ? ', and name its version in the field `packageManager` of package.json' : '';
  return `Install it: \`npm install --global corepack@latest && corepack enable\`${field}, or \`npm install --global ${name}${at}\`.`;
}
