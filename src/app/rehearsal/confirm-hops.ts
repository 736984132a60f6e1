import { join } from 'node:path';
import { versionsSchema } from '#code/action';
import type { Repository } from '#code/repository/repository';
import { readText } from '#code/text/read-text';
import type { Executor } from '#core/executor';
import type { Finding } from '#core/finding';
import type { Plan } from '#core/plan';
import type { Surroundings } from '../verb.ts';

/** Holds the predictions of a plan against the compiler while its hops are rehearsed. */
export type HopConfirmations = {
  /** Compiles before and after what installs the versions of a hop; other executors stay as they are. */
  watch(executor: Executor): Executor;
  findings(): readonly Finding[];
};

type Tracked = Pick<Repository, 'trackedFiles'> & { readonly git: { readonly root: string } };

/** Compiling a tree ends after this. */
const budgetMs = 180_000;

/**
 * What was predicted for each hop, held against the compiler with the versions really installed: in the worktree, on the
 * first way forward, before any edit of the hop is made. Nothing that is found stops the rehearsal.
 */
export async function confirmHops(
  plan: Pick<Plan, 'findings'>,
  repository: Tracked,
  surroundings: Pick<Surroundings, 'monotonicMs'>,
): Promise<HopConfirmations> {
  const { root } = repository.git;
  const predictions = (plan.findings ?? []).filter(
    ({ rule, package: name }) => rule.startsWith('api/') && name !== undefined,
  );
  const planned = await textsOf(root, predictions);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  return {
    findings: () => findings,
    watch: (executor) => {
      if (executor.kind !== 'code/versions') return executor;
      return {
        kind: executor.kind,
        execute: async (action, context) => {
          const step = context.deed.replace(/#.*$/, '');
          if (context.direction !== 'forward' || seen.has(step)) return executor.execute(action, context);
          seen.add(step);
          const { message, changes } = versionsSchema.parse(action);
          const moved = new Map(changes.map(({ name, package: published, to }) => [published ?? name, to]));
          const { isFolder } = await import('#code/tree/walk');
          const packages = new Set(moved.keys());
          const request = { repository, packages, signal: context.signal, surroundings };
          const before = (await isFolder(join(root, 'node_modules'))) ? await compiled(request) : undefined;
          const outcome = await executor.execute(action, context);
          if (before === undefined || !outcome.ok) return outcome;
          const after = await compiled(request);
          const now = await textsOf(root, predictions);
          const mine = predictions.filter(({ package: name, to }) => name !== undefined && moved.get(name) === to);
          const { confirmationFindings } = await import('#code/api/confirmation-findings');
          findings.push(
            ...confirmationFindings({
              hop: message.replace(/^Upgrade /, ''),
              predictions: mine.flatMap((finding) => nowAt(finding, planned, now) ?? []),
              before,
              after,
            }),
          );
          return outcome;
        },
      };
    },
  };
}

type Compiling = {
  readonly repository: Tracked;
  readonly packages: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly surroundings: Pick<Surroundings, 'monotonicMs'>;
};

async function compiled({ repository, packages, signal, surroundings }: Compiling) {
  const { compileTree } = await import('#code/api/compile-tree');
  const { files } = await repository.trackedFiles();
  return compileTree({
    root: repository.git.root,
    files,
    configs: files.filter((file) => /(^|\/)(ts|js)config\.json$/.test(file)),
    packages,
    signal,
    nowMs: () => surroundings.monotonicMs(),
    budgetMs,
  });
}

async function textsOf(root: string, findings: readonly Finding[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const file of new Set(findings.flatMap(({ file }) => file ?? []))) {
    const answer = await readText(root, file);
    if (answer.kind === 'text') texts.set(file, answer.text);
  }
  return texts;
}

/** A finding at the line where its text stands after the hops before; undefined where that text is not there any more. */
function nowAt(
  finding: Finding,
  planned: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): Finding | undefined {
  const { file = '', line = 1, endLine = line } = finding;
  const [before, after] = [planned.get(file), now.get(file)];
  if (before === after || before === undefined || after === undefined) return finding;
  const text = before.split('\n')[line - 1];
  const found = after.split('\n').flatMap((row, index) => (row === text ? [index + 1] : []));
  const [nearest] = found.sort((one, other) => Math.abs(one - line) - Math.abs(other - line));
  return nearest === undefined ? undefined : { ...finding, line: nearest, endLine: nearest + endLine - line };
}
