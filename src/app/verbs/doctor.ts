import { access, constants } from 'node:fs/promises';
import * as z from 'zod';
import { exitCodes, isFailure } from '#core/error';
import type { Check } from '#core/report';
import { asJson } from '../as-json.ts';
import { openDatabase, withReader } from '../domains.ts';
import { checksOutput } from '../outputs.ts';
import { chooseTarget } from '../target.ts';
import type { Surroundings, Verb } from '../verb.ts';

const input = z.strictObject({});
const oldestNode = [20, 19] as const;

/** What stands in the way of a plan or a run, and how to get it out of the way. */
export const doctor: Verb<z.infer<typeof input>> = {
  name: 'doctor',
  summary: 'Check the surroundings: Node, configuration, connection, rights, pooler, version',
  description:
    'Looks, changes nothing, and says for everything that is missing what follows from it and how to get it. Exits 1 when something would stop a run.',
  examples: [{ command: 'godwit doctor', says: 'before the first plan on a database' }],
  isReadOnly: true,
  input,
  output: checksOutput,
  async execute(_input, surroundings) {
    const checks = [
      nodeCheck(),
      await folderCheck(surroundings),
      targetCheck(surroundings),
      ...(await serverChecks(surroundings)),
    ];
    const ok = checks.every((check) => check.ok);
    return {
      json: asJson({ ok, checks }),
      report: { kind: 'checks', title: ok ? 'Nothing stands in the way.' : 'Something stands in the way:', checks },
      exit: ok ? exitCodes.done : exitCodes.error,
    };
  },
};

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const detail = `Node ${process.versions.node}.`;
  return ok
    ? { id: 'node', ok, detail }
    : { id: 'node', ok, detail, next: `Use Node ${oldestNode.join('.')} or newer.` };
}

async function folderCheck({ cwd }: Surroundings): Promise<Check> {
  try {
    await access(cwd, constants.W_OK);
    return { id: 'folder', ok: true, detail: `Plans can be written in ${cwd}.` };
  } catch {
    return { id: 'folder', ok: false, detail: `${cwd} cannot be written to.`, next: 'Name another folder with --cwd.' };
  }
}

function targetCheck(surroundings: Surroundings): Check {
  try {
    const target = chooseTarget(surroundings.choice, surroundings.config, surroundings.env);
    const isBare = target.class === 'production' && target.backup === undefined;
    return {
      id: 'target',
      ok: true,
      detail: `${target.name} is a ${target.class} target${target.classReason === undefined ? '' : `, because ${target.classReason}`}.`,
      ...(isBare
        ? { next: 'Name a backup command for it under `targets` in godwit.config; production wants one.' }
        : {}),
    };
  } catch (error) {
    return failedCheck('target', error);
  }
}

async function serverChecks(surroundings: Surroundings): Promise<readonly Check[]> {
  try {
    const database = await openDatabase(surroundings);
    return await withReader(database, surroundings.signal, (session) =>
      database.driver.doctor(session, database.runner),
    );
  } catch (error) {
    if (isFailure(error, 'no-target')) return [];
    return [failedCheck('connection', error)];
  }
}

/** An expected stop is what doctor is there to tell; a mistake of ours is thrown on. */
function failedCheck(id: string, error: unknown): Check {
  if (!isFailure(error) || error.code === 'interrupted') throw error;
  const { what, why, next } = error.explanation;
  return { id, ok: false, detail: `${what} ${why}`, next };
}
