import { performance } from 'node:perf_hooks';
import { openTreeDomain } from '#code/domain';
import { runProcess } from '#code/process/run-process';
import { openRepository } from '#code/repository/repository';
import { treeTools } from '#code/tree-tools';
import type { Domain } from '#core/domain';
import { isFailure } from '#core/error';
import { definePlan, type Plan, type Step } from '#core/plan';
import { applyPlan } from '#run/apply';
import { journalFile } from '#run/journal-file';
import { leaseFile } from '#run/lease-file';
import type { RunOptions } from '#run/options';
import { rollBack } from '#run/roll-back';
import { type GitTree, gitEnv, makeGitTree, stateOfTree } from './git-tree.ts';
import { mortalDomain } from './mortal-domain.ts';

/** Text with what is hard to keep: a byte order mark, CRLF, a tab, and an end without a line break. */
const odd = '\uFEFFone\r\n\ttwo\r\nthree';

/** A tree with odd files, an executable, a link, and files that git does not track. */
export async function oddTree(): Promise<GitTree> {
  const tree = await makeGitTree({
    'a.txt': 'alpha\nbeta\n',
    'folder/odd.txt': odd,
    '.gitattributes': '* text=auto\n*.crlf eol=crlf\n',
    '.gitignore': 'ignored/\n',
  });
  const { writeFile, symlink, chmod, mkdir } = await import('node:fs/promises');
  await writeFile(`${tree.root}/notes.crlf`, 'mine\r\nnot tracked\n');
  await writeFile(`${tree.root}/run.sh`, '#!/bin/sh\n');
  await chmod(`${tree.root}/run.sh`, 0o755);
  await symlink('notes.crlf', `${tree.root}/link`);
  await mkdir(`${tree.root}/ignored`);
  return tree;
}

/** Two commits of edits and one of what people changed by hand, on a branch. */
export async function planFor(tree: GitTree): Promise<Plan> {
  const repository = await openRepository(
    { root: tree.root, env: gitEnv, run: runProcess, signal: never },
    'migrations',
  );
  const back = { kind: 'code/undo', reinstall: false };
  const proof = { kind: 'code/committed' };
  const step = (id: string, action: Step['action'], rollback: Step['rollback'] = back): Step => ({
    id,
    title: id,
    action,
    rollback,
    verify: proof,
    hazards: [],
  });
  const edits = (path: string, offset: number, before: string, text: string): Step['action'] => ({
    kind: 'code/edits',
    message: `Edit ${path}`,
    files: [{ path, edits: [{ offset, length: before.length, before, text }] }],
  });
  return definePlan(
    {
      domain: 'working-tree',
      title: 'Two edits',
      why: 'To try it.',
      intent: { kind: 'upgrade', text: 'x@2', options: {} },
      origin: { kind: 'working-tree', fingerprint: await repository.fingerprint(), objects: ['working tree'] },
      current: [],
      target: [],
      risks: [],
      estimates: [],
      phases: [
        {
          id: 'begin',
          kind: 'prepare',
          title: 'Begin',
          steps: [step('start', { kind: 'code/start' }, { kind: 'code/return' })],
        },
        {
          id: 'change',
          kind: 'migrate',
          title: 'Change',
          steps: [
            step('first', edits('a.txt', 6, 'beta', 'gamma')),
            step('second', edits('folder/odd.txt', odd.indexOf('two'), 'two', 'zwei')),
            step('by-hand', { kind: 'code/hand-edits', message: 'By hand' }),
          ],
        },
      ],
    },
    { day: '20260101', slug: 'test' },
  );
}

const never = new AbortController().signal;

/** The real domain on a tree. */
export async function domainOn({ root }: Pick<GitTree, 'root'>): Promise<Domain> {
  const repository = await openRepository({ root, env: gitEnv, run: runProcess, signal: never }, 'migrations');
  const dir = `${repository.gitDir}/godwit`;
  return openTreeDomain({
    repository,
    env: gitEnv,
    run: runProcess,
    nowMs: () => performance.now(),
    commits: { template: '{title}', runsHooks: true },
    openCopy: () => Promise.reject(new Error('No tool is called here.')),
    ...treeTools({ repository, env: gitEnv, run: runProcess, nowMs: () => performance.now(), overrides: {} }),
    journal: journalFile(dir),
    lease: leaseFile(dir, { now, who: 'test' }),
  });
}

export type Wish = 'forward' | 'back';

/** Fulfils the wishes, the process dying once at a point; resolves with how many points there were. */
export async function fulfil(
  tree: GitTree,
  plan: Plan,
  { wishes, deadlyPoint }: { readonly wishes: readonly Wish[]; readonly deadlyPoint: number | undefined },
): Promise<number> {
  let points = 0;
  for (const wish of wishes) {
    for (let life = 0; life < 3; life += 1) {
      const left = deadlyPoint === undefined ? undefined : deadlyPoint - points;
      const mortal = mortalDomain(await domainOn(tree), left !== undefined && left > 0 ? left : undefined);
      const options = optionsOf(plan, mortal.domain);
      try {
        await (wish === 'forward' ? applyPlan(options) : rollBack(options));
      } catch (error) {
        // A run that died before its first entry was never begun: there is nothing to take back.
        if (!mortal.isDead() && !(wish === 'back' && isFailure(error, 'no-run'))) throw error;
      }
      points += mortal.points();
      if (!mortal.isDead()) break;
      await takeLeaseFromTheDead(tree);
    }
  }
  return points;
}

/** The lease of a dead process lapses by time; here the clock is the tests'. */
let seconds = 0;
function now(): string {
  return new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1_000).toISOString();
}

async function takeLeaseFromTheDead(_tree: GitTree): Promise<void> {
  seconds += 60;
  await Promise.resolve();
}

/** What the runner is given, with a person who confirms everything. */
export function optionsOf(plan: Plan, domain: Domain): RunOptions {
  return {
    plan,
    domain,
    target: { name: 'here', class: 'development' },
    consent: { confirm: async () => ({ by: 'tester', means: 'typed' }) },
    surroundings: {
      version: 'test',
      who: 'tester',
      now,
      monotonicMs: () => performance.now(),
      wait: () => Promise.resolve(),
      randomId: () => `run-${Math.random().toString(36).slice(2)}`,
      signal: never,
      on: () => undefined,
      runCommand: async () => ({ exitCode: 0, output: '', errors: '' }),
      temporaryDirectory: '/tmp',
    },
  };
}

/** State of the tree without what differs from one try to the next: hashes of commits hold the time. */
export function comparable(tree: GitTree): unknown {
  const { head: _, ...rest } = stateOfTree(tree);
  return { ...rest, log: tree.git('log', '--format=%s') };
}
