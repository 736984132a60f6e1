import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { findingSchema } from '#core/finding';
import type { Rehearsal } from '#core/report';
import { type Approval, approvalSchema } from '#run/approval';
import type { Backup, Prerequisites } from '#run/options';
import type { DatabaseTarget } from './target.ts';
import type { Surroundings } from './verb.ts';

/** File names beside plan.json. */
export const rehearsalFileName = 'rehearsal.json';
export const approvalFileName = 'approval.json';

const rehearsalSchema = z.object({
  planHash: z.string(),
  ok: z.boolean(),
  server: z.string(),
  rows: z.number(),
  at: z.string(),
  steps: z.array(
    z.object({
      id: z.string(),
      ms: z.number(),
      locks: z.array(z.object({ relation: z.string(), mode: z.string(), heldMs: z.number() })),
      rewrites: z.array(z.string()),
      scans: z.array(z.string()),
      longestWaitMs: z.number(),
    }),
  ),
  findings: z.array(findingSchema),
});

/**
 * What stands beside a plan when it is to be applied: its rehearsal, a signed approval, a backup in evidence. The
 * backup command of the target runs only where `isWanted` says that its answer counts.
 */
export async function readPrerequisites(
  dir: string,
  options: {
    readonly target: Pick<DatabaseTarget, 'name' | 'backup'>;
    readonly surroundings: Surroundings;
    readonly isBackupWanted: boolean;
  },
): Promise<Prerequisites> {
  const { surroundings, target } = options;
  const signers = surroundings.config.allowedSigners;
  return {
    rehearsal: await readRehearsal(dir),
    approval: await readApproval(dir),
    backup: options.isBackupWanted ? await backupInEvidence(target, surroundings) : undefined,
    allowedSigners: signers === undefined ? undefined : resolve(surroundings.cwd, signers),
  };
}

/** The rehearsal beside a plan, or undefined where there is none. Throws `plan-unreadable` for a file of another form. */
export async function readRehearsal(dir: string): Promise<Rehearsal | undefined> {
  return readBeside(join(dir, rehearsalFileName), rehearsalSchema, 'Rehearse the plan again with `godwit rehearse`.');
}

async function readApproval(dir: string): Promise<Approval | undefined> {
  return readBeside(join(dir, approvalFileName), approvalSchema, 'Approve the plan again with `godwit approve`.');
}

async function readBeside<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  next: string,
): Promise<z.infer<Schema> | undefined> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).split('\n').slice(0, 2).join(' ');
  throw fail('plan-unreadable', { what: `${file} does not have the form that godwit writes.`, why, next });
}

/** The command of the configuration says by exit code 0 that there is a backup; the moment is now. */
async function backupInEvidence(
  target: Pick<DatabaseTarget, 'name' | 'backup'>,
  surroundings: Surroundings,
): Promise<Backup | undefined> {
  if (target.backup === undefined) return undefined;
  const result = await surroundings.runCommand({ kind: 'shell', line: target.backup }, surroundings.signal);
  if (result.exitCode === 0) return { at: surroundings.now(), what: `command holds: ${target.backup}` };
  const said = (result.errors.trim() || result.output.trim()).split('\n').at(-1) ?? '';
  throw fail('backup-required', {
    what: `The backup command of target ${target.name} does not hold: ${target.backup}`,
    why: `It ended with exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`,
    next: 'Take a backup, or mend the command under `backup` of this target in godwit.config.',
  });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
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
