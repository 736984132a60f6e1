import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { basename, dirname } from '#db/lint/folder/paths';
import { type PlanHistory, readPlan } from '#db/lint/plan/read-plan';
import { positionOf } from '#db/lint/text/position-of';
import { type GatheredFile, notRead } from './gather-files.ts';
import type { ReadHistory } from './read-migrations.ts';
import { readSqlText } from './read-sql-text.ts';
import { shownPath } from './shown-path.ts';

/** A plan that was read, with its text. */
export type ReadPlan = PlanHistory & { readonly path: string; readonly text: string };

export type PlansRead = {
  readonly histories: readonly ReadHistory[];
  readonly findings: readonly Finding[];
  readonly plans: readonly ReadPlan[];
};

/** A plan is a few megabytes at most. */
const bytesMax = 32 * 1_048_576;

/**
 * Reads plans that `godwit plan` made, each as a history of its own. Throws `plan-unreadable` for one that was named and
 * is none; in a folder that is a finding. A plan of a working tree has no SQL, which is said.
 */
export function readPlans(files: readonly GatheredFile[], cwd: string): PlansRead {
  const histories: ReadHistory[] = [];
  const findings: Finding[] = [];
  const plans: ReadPlan[] = [];
  for (const file of files) {
    const path = shownPath(file.path, cwd);
    const found = readSqlText(file.path, bytesMax);
    const text = found.kind === 'text' ? found.text : '';
    const read = found.kind === 'text' ? readPlan(path, text) : { why: found.why, at: 0 };
    if ('why' in read) {
      if (file.top === undefined) throw unreadable(path, read.why);
      if (isMeant(text))
        findings.push({
          ...notRead(path, `it is no plan that can be read. ${read.why}`),
          ...positionOf(text, read.at),
        });
      continue;
    }
    plans.push({ ...read, path, text });
    findings.push(...findingsOf(read, path, text));
    if (read.scripts.size === 0) continue;
    histories.push({ tool: 'godwit', folder: dirname(path), transactionSpans: 'file', files: read.files });
  }
  return { histories, findings, plans };
}

/** Other programs have a plan.json too. Ours says what it is, also where the rest of it is broken. */
function isMeant(text: string): boolean {
  return /"planHash"\s*:/.test(text);
}

function findingsOf({ plan, actions, isAsMade, places }: PlanHistory, path: string, text: string): readonly Finding[] {
  const at = (offset: number) => ({ file: path, ...positionOf(text, offset) });
  const findings: Finding[] = [];
  if (!isAsMade) {
    findings.push({
      rule: 'lint/plan-edited',
      severity: 'error',
      message: `The plan ${plan.id} was changed after it was made: its content has another hash than it says, so that nothing applies it.`,
      cure: 'Take the file back to what it was, or make a new plan.',
      ...at(places.range(['planHash']).start),
    });
  }
  if (actions.length === 0) {
    const why =
      plan.origin.kind === 'working-tree'
        ? `It changes a working tree and no database: ${plan.title}.`
        : `No step of it changes the database: ${plan.title}.`;
    findings.push({
      rule: 'lint/not-sql',
      severity: 'advice',
      message: `Nothing to lint in ${basename(dirname(path))}. ${why}`,
      cure: 'Only steps with SQL are linted.',
      file: path,
    });
  }
  const unknown = actions.filter(({ action }) => action === undefined);
  for (const { step, kind, path: place } of unknown) {
    findings.push({
      ...notRead(path, `step ${step} does ${kind}, which this version does not know.`),
      ...at(places.range(place).start),
    });
  }
  return findings;
}

function unreadable(path: string, why: string): Error {
  return fail('plan-unreadable', {
    what: `There is no readable plan in ${path}.`,
    why,
    next: 'Name a folder that `godwit plan` made, e.g. `migrations/<id>`, or SQL.',
  });
}
