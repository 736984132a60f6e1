import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { planSchema } from '#core/plan';
import { committedIn, gitOf } from './git-tree.ts';
import { document, type Godwit, startGodwit } from './godwit.ts';

/** A working tree in a git repository, with godwit called in it. */
export type UpgradeTree = Godwit & { readonly root: string; git(...args: readonly string[]): string };

/** A tree to be made: a folder, files over it, the command that installs it (npm's where none is named), and its variables. */
export type TreeSource = {
  readonly from?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly install?: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
};

/** Makes a tree of a folder or of files, installs it from the registry of this machine, and commits it. */
export async function upgradeTree(source: TreeSource): Promise<UpgradeTree> {
  const { install: [program, ...args] = ['npm', 'install', '--no-audit', '--no-fund'], env = {} } = source;
  const root = await mkdtemp(join(tmpdir(), 'godwit-upgrade-'));
  if (source.from !== undefined) await cp(source.from, root, { recursive: true, filter: isSource });
  for (const [path, text] of Object.entries({ '.gitignore': 'node_modules\ndist\n', ...source.files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await promisify(execFile)(program, args, { cwd: root, env: { ...process.env, ...env } });
  committedIn(root);
  return treeAt(root, env);
}

/** The same tree once more, installed and committed as the first one is. */
export async function copyOf({ root: from }: UpgradeTree): Promise<UpgradeTree> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-upgrade-'));
  await cp(from, root, { recursive: true, verbatimSymlinks: true });
  return treeAt(root);
}

function treeAt(root: string, env: Readonly<Record<string, string>> = {}): UpgradeTree {
  const start = (...args: readonly string[]) => startGodwit(args, root, env);
  return {
    root,
    cwd: root,
    git: gitOf(root),
    start,
    run: (...args) => start(...args).ended,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** A small package with CRLF and a test, which uses what uuid 8 does not have any more. */
export const idsFiles: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'ids',
    private: true,
    scripts: { test: 'node --test' },
    dependencies: { uuid: '^3.4.0' },
  }),
  'ids.js': "const uuidv4 = require('uuid/v4');\r\nexports.id = () => uuidv4();\r\n",
  'ids.test.js':
    "const { test } = require('node:test');\ntest('an id', () => { if (require('./ids.js').id().length !== 36) throw new Error('short'); });\n",
};

/** What `plan --json` prints. */
export const planned = z.object({ dir: z.string(), plan: planSchema });

/** What `apply`, `rollback` and `status` print with --json, as far as tests look at it. */
export const ran = z.object({
  state: z.string(),
  gate: z.object({ id: z.string(), needs: z.string() }).optional(),
  steps: z.array(z.object({ id: z.string(), state: z.string(), detail: z.string().optional() })),
  restored: z.object({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) }).optional(),
});

/** Plans an upgrade through the command line. */
export async function planOn(tree: UpgradeTree, wish: string): Promise<z.infer<typeof planned>> {
  return document(await tree.run('plan', '--upgrade', wish, '--json'), planned);
}

function isSource(path: string): boolean {
  return !/(^|[\\/])(node_modules|dist|coverage)$/.test(path);
}
