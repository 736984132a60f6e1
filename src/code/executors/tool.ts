import { stripVTControlCharacters } from 'node:util';
import type * as z from 'zod';
import { fail } from '#core/error';
import type { Executor } from '#core/executor';
import { toolSchema } from '../action.ts';
import { committing, type TreeWorld } from '../execution.ts';
import { isLockFile } from '../install/files-changed.ts';
import { withoutSecrets } from '../process/without-secrets.ts';
import { runFolder } from '../repository/tree-run.ts';
import type { FileChange } from '../text/file-change.ts';
import { writeChanges } from '../tree/tree.ts';
import { withVersionsOf } from '../upgrade/restore-versions.ts';
import { installWhereDeclared } from '../workspace/install-changed.ts';

type Planned = z.infer<typeof toolSchema>;

/** A tool that has not ended after so long is stopped. */
const callMaxMs = 15 * 60_000;
const linesShown = 6;

/** Runs a published tool on a copy of the tree, takes what it did there over into the tree, and commits it. */
export function tool(world: TreeWorld): Executor {
  return {
    kind: 'code/tool',
    execute: (action, context) => {
      const planned = toolSchema.parse(action);
      return committing(world, context, {
        title: planned.message,
        write: async (already) => {
          const written = already.length > 0 ? already : await writeWhatItDoes(planned, world, context);
          const paths = written.filter((path) => !isLockFile(path));
          const more = await installWhereDeclared(paths, world, context.signal);
          return {
            ...more,
            paths: [...paths, ...more.paths],
            detail: `${planned.package}@${planned.version} changed ${paths.length} files${more.detail}`,
            measures: { files: paths.length },
          };
        },
      });
    },
  };
}

async function writeWhatItDoes(
  planned: Planned,
  { repository, run, env, openCopy }: TreeWorld,
  { runId, signal, progress }: Parameters<Executor['execute']>[1],
): Promise<readonly string[]> {
  const copy = await openCopy(planned.mayInstall ? 'copied' : 'linked', signal);
  try {
    const named = `${planned.package}@${planned.version}`;
    for (const [done, args] of planned.calls.entries()) {
      progress({ done, total: planned.calls.length, unit: 'calls' });
      const request = {
        command: ['npx', '--yes', named, ...args] as const,
        cwd: copy.scratch.folder,
        env: { ...withoutSecrets(env), CI: 'true', ...planned.environment },
        timeoutMs: callMaxMs,
      };
      const { exitCode, output, errors, isTimeout } = await run(request, signal);
      if (exitCode !== 0 || isTimeout) throw failed([named, ...args].join(' '), { output, errors, isTimeout });
    }
    const changes = (await copy.scratch.changes())
      .filter(({ path }) => !isLockFile(path))
      .map((change) => asMoved(change, planned.moved))
      .filter(({ before, after }) => before !== after);
    await writeChanges(repository.git.root, changes, runFolder(repository, runId));
    return changes.map(({ path }) => path);
  } finally {
    await copy.close();
  }
}

/** The hop itself sets the versions of what it moves, before or afterwards. */
function asMoved(change: FileChange, moved: readonly string[]): FileChange {
  const { path, before, after } = change;
  if (!/(^|\/)package\.json$/.test(path) || before === undefined || after === undefined) return change;
  return { ...change, after: withVersionsOf(before, after, moved) };
}

function failed(
  called: string,
  { output, errors, isTimeout }: { readonly output: string; readonly errors: string; readonly isTimeout: boolean },
): Error {
  const lines = stripVTControlCharacters(`${output}\n${errors}`)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const said = lines.slice(-linesShown).join(' | ');
  return fail('command-failed', {
    what: `${called} did not do its work; nothing of it was taken into the tree.`,
    why: isTimeout
      ? `It was stopped after ${callMaxMs / 60_000} minutes.`
      : `It said: ${said === '' ? 'nothing' : said}`,
    next: 'Mend what it names and apply again, or take the run back and plan without --allow-run.',
  });
}
