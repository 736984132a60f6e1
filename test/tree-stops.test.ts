import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { type GitTree, makeGitTree, stateOfTree } from './support/git-tree.ts';
import { document, errorSchema, startGodwit } from './support/godwit.ts';
import { beginning, treeStep, writeTreePlan } from './support/tree-plan.ts';

/** Whoever calls here waits: a registry that does not answer, and tests that do not end. */
let server: Server;
let called: Promise<unknown>;
let tree: GitTree;

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => undefined));
  called = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const manifest = { name: 'shop', version: '1.0.0', private: true, dependencies: {} };
  tree = await makeGitTree({
    '.gitignore': 'node_modules\n',
    '.npmrc': `registry=http://127.0.0.1:${port}/\n`,
    'package.json': JSON.stringify({ ...manifest, scripts: { test: 'node wait.js' } }),
    'package-lock.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'shop', version: '1.0.0' } },
    }),
    'wait.js': `require('node:net').connect(${port}, '127.0.0.1');\n`,
  });
});
afterEach(async () => {
  server.close();
  await tree.remove();
});

const cases: readonly (readonly [string, readonly string[], { readonly why: RegExp; readonly next: RegExp }])[] = [
  ['rehearse', ['rehearse'], { why: /copy of its own.*nothing was changed/, next: /rehearse from the start/ }],
  ['apply', ['apply'], { why: /everything done so far is in the journal/, next: /go on; `godwit status/ }],
];

it.each(cases)('Ctrl-C during %s of a working tree says what is true of it', async (name, args, said) => {
  await writeMeasuringPlan();
  const before = stateOfTree(tree);
  const ran = await stopped(...args);
  expect(ran.error.why).toMatch(said.why);
  expect(ran.error.next).toMatch(said.next);
  expect(ran.error.next).not.toContain('rollback');
  if (name === 'rehearse') expect(stateOfTree(tree)).toEqual(before);
  else expect(document(await call('status', '--json').ended, z.object({ state: z.string() })).state).toBe('paused');
});

it('a run whose branch was deleted says how it goes on, and rollback ends it', async () => {
  await writeMeasuringPlan();
  const before = stateOfTree(tree);
  await stopped('apply');
  const branch = tree.git('branch', '--show-current').trim();
  tree.git('switch', '--quiet', 'main');
  tree.git('branch', '--quiet', '-D', branch);
  const { error } = document(await call('apply', '--json').ended, errorSchema);
  expect(error.why).toBe(`The work is on the branch ${branch}, which is not there any more.`);
  // What it names to go on is there.
  expect(tree.git('rev-parse', /refs\/godwit\/\S+/.exec(error.next)?.[0].replace('`', '') ?? '')).toBe(
    tree.git('rev-parse', 'HEAD'),
  );
  const back = document(await call('rollback', '--json').ended, z.object({ state: z.string() }));
  expect(back.state).toBe('rolled-back');
  expect(stateOfTree(tree)).toEqual(before);
});

it('Ctrl-C during plan of a working tree speaks of no journal', async () => {
  const { error } = await stopped('plan', '--upgrade', 'node@24,express@5');
  expect(error).toMatchObject({ what: 'Stopped; there is no plan.', next: expect.not.stringContaining('rollback') });
});

it.each(['apply', 'rollback', 'status', 'verify', 'report', 'rehearse'])(
  '%s of a plan that does not exist says so, and asks for no database',
  async (verb) => {
    const ran = await call(verb, 'nothere', '--json').ended;
    const { error } = document(ran, errorSchema);
    expect([error.code, ran.exit]).toEqual(['plan-unreadable', 1]);
    expect(error.what).toContain('nothere');
  },
);

function call(...args: readonly string[]) {
  return startGodwit(args, tree.root, {});
}

/** Ends the command by SIGINT once it waits for the server. */
async function stopped(...args: readonly string[]) {
  const running = call(...args, '--json');
  await Promise.race([called, running.ended]);
  running.child.kill('SIGINT');
  const ran = await running.ended;
  const told = document(ran, errorSchema);
  expect([told.error.code, ran.exit]).toEqual(['interrupted', 130]);
  return told;
}

async function writeMeasuringPlan(): Promise<void> {
  const baseline = treeStep('baseline', { action: { kind: 'code/baseline' }, rollback: { kind: 'none' } });
  await writeTreePlan(tree, [beginning, baseline]);
}
