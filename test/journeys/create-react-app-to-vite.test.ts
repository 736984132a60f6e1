import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { browserHome, seenAt } from '../support/browser.ts';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { served } from '../support/served-application.ts';
import { inTurn } from '../support/turn.ts';
import { planned, ran, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const example = resolve(import.meta.dirname, '../../examples/cra-notes');
const page = resolve(import.meta.dirname, '../../docs/create-react-app-to-vite.md');

/** Without what says that a test is running. */
const { VITEST: _, NODE_ENV: __, MODE: ___, ...ownEnv } = process.env;

/** Builds the application as its script says, and keeps what comes out. */
async function built({ root }: UpgradeTree, name: string): Promise<string> {
  await promisify(execFile)('npm', ['run', 'build'], { cwd: root, env: ownEnv });
  const kept = `${root}-${name}`;
  await cp(join(root, 'build'), kept, { recursive: true });
  await rm(join(root, 'build'), { recursive: true });
  return kept;
}

it('cra-notes: the commands of its page are those of the example', async () => {
  expect(commandsOf(await readFile(page, 'utf8'))).toEqual(
    commandsOf(await readFile(join(example, 'README.md'), 'utf8')),
  );
});

/** It installs 1,300 packages, and takes its turn with every other commit. */
it.each(inTurn(['cra-notes'], 2))(
  '%s: a browser sees the same of what Vite builds, and all of it is taken back',
  async () => {
    const commands = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
    const [plan = '', rehearse = '', apply = ''] = commands;
    const files = { '.gitignore': readFileSync(join(example, '.gitignore'), 'utf8') };
    const home = await browserHome();
    const tree = await upgradeTree({ from: example, files });
    const builds: string[] = [];
    try {
      builds.push(await built(tree, 'before'));
      const before = stateOfTree(tree);
      const { plan: made } = document(await tree.run(...wordsOf(plan).slice(1), '--json'), planned);
      expect((made.findings ?? []).map(({ file, severity }) => `${file} ${severity}`)).toEqual([
        'README.md advice',
        'package.json advice',
        'package.json advice',
      ]);
      // A rehearsal of it installs 1,300 packages three times: what a rehearsal is, the other examples show.
      expect(rehearse).toBe('godwit rehearse');
      expect(document(await tree.run(...wordsOf(apply).slice(1), '--json'), ran).state).toBe('done');
      const verified = await tree.run('verify', '--json');
      expect(verified.exit).toBe(0);
      expect(verified.stdout).toContain('4 passed (4 passed before)');
      builds.push(await built(tree, 'after'));
      await expectSame(builds, home);
      await expectForwarded(tree);
      const back = document(await tree.run('rollback', '--json'), ran);
      expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
      expect(stateOfTree(tree)).toEqual(before);
    } finally {
      for (const folder of builds) await rm(folder, { recursive: true, force: true });
      await tree.remove();
    }
  },
);

async function expectSame(builds: readonly string[], home: string): Promise<void> {
  const servers = await Promise.all(builds.map((build) => served(build)));
  try {
    const [before, after] = await seenAt(
      servers.map(({ port }) => `http://127.0.0.1:${port}/notes/`),
      home,
    );
    expect(after).toEqual(before);
    expect(before).toMatchObject({
      title: 'Notes of the house',
      text: expect.stringContaining('Kept at /api/notes, built for production.'),
      colours: ['rgb(0, 128, 0)', 'rgb(0, 0, 0)'],
    });
  } finally {
    for (const server of servers) server.close();
  }
}

/** The development server hands on what react-scripts handed on, to a service of this test. */
async function expectForwarded({ root, git }: UpgradeTree): Promise<void> {
  const service = await served();
  const config = join(root, 'vite.config.mjs');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace('localhost:4000', `127.0.0.1:${service.port}`));
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', '--port', '0'], {
    cwd: root,
    env: { ...ownEnv, BROWSER: 'none', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const origin = await originSaid(child);
    const answer = await fetch(`${origin}/api/notes`);
    expect(await answer.json()).toHaveLength(2);
    const html = await fetch(`${origin}/notes/`, { headers: { accept: 'text/html' } });
    expect(await html.text()).toContain('/notes/src/index.jsx');
    const script = await fetch(`${origin}/notes/src/settings.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
  } finally {
    child.kill();
    service.close();
    git('checkout', '--quiet', '--', 'vite.config.mjs');
  }
}

function originSaid(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((found, failed) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, origin] = /Local:\s+(http:\/\/\S+?:\d+)\//.exec(said) ?? [];
      if (origin !== undefined) found(origin);
    });
    child.on('exit', () => failed(new Error(`Vite ended: ${said}`)));
  });
}
