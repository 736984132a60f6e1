import { basename, dirname, join } from 'node:path';
import semver from 'semver';
import { fail } from '#core/error';
import type { TreeWorld } from '../execution.ts';
import { isFile } from '../tree/is-file.ts';
import { namesIn } from '../tree/names-in.ts';
import type { NodeProgram } from './node-program.ts';

type World = Pick<TreeWorld, 'env' | 'run'> & {
  /** Absolute folder in which programs are asked. */
  readonly root: string;
  /** Absolute path of the Node that the configuration names. */
  readonly node?: string | undefined;
};

/** Where version managers keep what they installed: below the home folder, one folder for each version. */
const kept: readonly { readonly folder: string; readonly program: string }[] = [
  { folder: '.nvm/versions/node', program: 'bin/node' },
  { folder: '.volta/tools/image/node', program: 'bin/node' },
  { folder: '.local/share/fnm/node-versions', program: 'installation/bin/node' },
  { folder: '.local/share/mise/installs/node', program: 'bin/node' },
  { folder: '.asdf/installs/nodejs', program: 'bin/node' },
];

const askTimeoutMs = 20_000;

/**
 * A Node whose version is in a range: the one that the configuration names, the one in use, else the newest that a version
 * manager of the user installed (nvm, Volta, fnm, mise, asdf). Undefined where there is none. Throws `config-invalid` where the
 * configuration names what is no Node.
 */
export async function findNode(range: string, world: World, signal: AbortSignal): Promise<NodeProgram | undefined> {
  const isWanted = (version: string | undefined): version is string =>
    version !== undefined && semver.satisfies(version, range, { includePrerelease: true });
  const { node } = world;
  if (node !== undefined) {
    const version = await versionOf(node, world, signal);
    if (version === undefined || !/^node(\.exe)?$/.test(basename(node))) throw noNode(node);
    if (isWanted(version)) return { version, folder: dirname(node) };
  }
  if (isWanted(process.versions.node)) return { version: process.versions.node, folder: undefined };
  for (const program of installed(world.env.HOME, isWanted)) {
    const version = await versionOf(program, world, signal);
    if (isWanted(version)) return { version, folder: dirname(program) };
  }
  return undefined;
}

/** The newest first. */
function installed(home: string | undefined, isWanted: (version: string) => boolean): readonly string[] {
  if (home === undefined) return [];
  const found = kept.flatMap(({ folder, program }) =>
    namesIn(join(home, folder)).flatMap((name) => {
      const version = semver.valid(name, { loose: true });
      const path = join(home, folder, name, program);
      return version !== null && isWanted(version) && isFile(path) ? [{ version, path }] : [];
    }),
  );
  return found.sort((one, other) => semver.rcompare(one.version, other.version)).map(({ path }) => path);
}

async function versionOf(program: string, { run, env, root }: World, signal: AbortSignal) {
  const command = [program, '--version'] as const;
  const said = await run({ command, cwd: root, env, timeoutMs: askTimeoutMs }, signal);
  return said.exitCode === 0 ? (semver.valid(said.output.trim()) ?? undefined) : undefined;
}

function noNode(path: string) {
  return fail('config-invalid', {
    what: `\`tree.node\` names ${path}, which is no Node.`,
    why: 'It is started with `--version` and has to answer with one; and it has to be called `node`, because scripts find it in PATH by that name.',
    next: 'Name the program itself, e.g. `/opt/node-24/bin/node`.',
  });
}
