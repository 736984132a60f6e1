import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { type Plan, planHash, planSchema } from '#core/plan';
import { planAgain } from '#core/shell';
import { makeFolder } from './make-folder.ts';
import { writeWhole } from './write-whole.ts';

/** The name of the plan as data inside its folder. */
export const planFileName = 'plan.json';

/**
 * Reads `plan.json` in a plan's folder. Throws `plan-unreadable` when it is missing or not a plan,
 * `plan-edited` when its hash no longer fits.
 */
export async function readPlan(dir: string): Promise<Plan> {
  const file = join(dir, planFileName);
  const parsed = planSchema.safeParse(await readJson(file));
  if (!parsed.success) {
    throw unreadable(
      file,
      `It does not have the form of a plan: ${z.prettifyError(parsed.error).split('\n').slice(0, 2).join(' ')}`,
    );
  }
  const hash = planHash(parsed.data);
  if (hash !== parsed.data.planHash) {
    throw fail('plan-edited', {
      what: `${file} was changed after it was made.`,
      why: `Its content has the hash ${hash.slice(0, 8)}, but it says ${parsed.data.planHash.slice(0, 8)}: what was read, rehearsed or approved is not what stands there.`,
      next: `Take the file back to what it was, or remove the folder and make a new plan: \`${planAgain(parsed.data)}\`.`,
    });
  }
  return parsed.data;
}

/**
 * Writes `plan.json` into the folder, which is made where it is missing. The same plan again is fine;
 * throws `plan-exists` when a different one stands there. The file appears whole or not at all.
 */
export async function writePlan(dir: string, plan: Plan): Promise<void> {
  const file = join(dir, planFileName);
  const present = await readText(file);
  if (present !== undefined) {
    const parsed = planSchema.safeParse(parseJson(present));
    if (parsed.success && parsed.data.planHash === plan.planHash && planHash(parsed.data) === plan.planHash) return;
    throw fail('plan-exists', {
      what: `A different plan already stands in ${dir}.`,
      why: 'Plans are never overwritten: somebody may have read, rehearsed or approved that one.',
      next: 'Remove that folder if you do not want it any more, or give this plan another name.',
    });
  }
  await makeFolder(dir);
  await writeWhole(file, `${JSON.stringify(plan, undefined, 2)}\n`);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  if (text === undefined) throw unreadable(file, 'The file is not there.');
  const value = parseJson(text);
  if (value === undefined) throw unreadable(file, 'It is not JSON.');
  return value;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw unreadable(file, error instanceof Error ? error.message : String(error), error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function unreadable(file: string, why: string, cause?: unknown): Error {
  return fail(
    'plan-unreadable',
    {
      what: `There is no readable plan in ${file}.`,
      why,
      next: 'Name a folder that `godwit plan` made, e.g. `migrations/<id>`.',
    },
    cause,
  );
}
