import { fail } from '#core/error';
import type { JournalEntry } from '#core/journal';
import type { Gate, Phase } from '#core/plan';
import type { Confirmation, EvidenceResult } from './consent.ts';
import type { RunOptions } from './options.ts';
import type { Session } from './session.ts';
import { check } from './step.ts';

export type GateOptions = Pick<RunOptions, 'target' | 'consent' | 'deploy'>;

/** Evidence that cannot be read says so with a finding whose rule starts like this. */
export const unreadableRule = 'evidence/unreadable';

/**
 * Arrives at a gate, or tries to pass it when the run has waited there before; one that wants no word is passed at once
 * where its evidence holds, and by nothing else. Throws `gate` when evidence or
 * consent is missing, `command-failed` when a command of the configuration fails; the run then still waits.
 */
export async function atGate(session: Session, gate: Gate, options: GateOptions): Promise<'passed' | 'waiting'> {
  const before = session.state();
  if (before.gatesPassed.includes(gate.id)) return 'passed';
  const isFirst = before.gateWaiting !== gate.id;
  if (isFirst || before.state !== 'waiting') await session.journal({ kind: 'gate-reached', gate: gate.id });
  session.surroundings.on({ kind: 'gate-reached', gate: gate.id, needs: gate.needs });
  if (isFirst && gate.needsWord !== false) return 'waiting';
  const evidence = await readEvidence(session, gate);
  const missing = evidence.filter(({ state }) => state === 'missing');
  if (isFirst && missing.length > 0) return 'waiting';
  if (missing.length > 0) throw gateFailure(session, gate, missing);
  if (gate.needsWord === false) return pass(session, gate, { by: 'the evidence', evidence, commands: [] });
  const commands = await runChecks(session, gate, options);
  const confirmation = await options.consent.confirm(
    { gate, direction: 'forward', target: options.target.name, evidence },
    session.signal,
  );
  session.signal.throwIfAborted();
  if (confirmation === undefined) throw consentMissing(session, gate, evidence);
  return pass(session, gate, { by: wordOf(confirmation), evidence, commands });
}

async function pass(
  session: Session,
  gate: Gate,
  passed: {
    readonly by: string;
    readonly evidence: readonly EvidenceResult[];
    readonly commands: readonly string[];
  },
): Promise<'passed'> {
  const { by, evidence, commands } = passed;
  const measured = evidence.map(({ id, state, detail }) => `${id} ${state}: ${detail}`);
  await session.journal({ kind: 'gate-passed', gate: gate.id, by, evidence: [...measured, ...commands] });
  session.surroundings.on({ kind: 'gate-passed', gate: gate.id, by });
  return 'passed';
}

/**
 * Goes back over a gate that was passed: runs the revert command, if there is one, then journals that the gate is
 * open again. After a crash in between the command runs a second time. Throws `command-failed`.
 */
export async function backOverGate(session: Session, phase: Phase, options: GateOptions): Promise<void> {
  const gate = phase.gate;
  if (gate === undefined || !crossedGates(session.entries()).has(gate.id)) return;
  await session.safePoint();
  const revert = options.deploy?.revert;
  if (revert !== undefined) await runLine(session, gate, { name: 'revert', line: revert });
  await session.journal({ kind: 'gate-reopened', gate: gate.id });
  session.surroundings.on({ kind: 'gate-reopened', gate: gate.id, needs: gate.needsBack });
}

/** The gates that were passed and not gone back over since: behind them a new version of the application is at work. */
export function crossedGates(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const crossed = new Set<string>();
  for (const { event } of entries) {
    if (event.kind === 'gate-passed') crossed.add(event.gate);
    if (event.kind === 'gate-reopened') crossed.delete(event.gate);
  }
  return crossed;
}

async function readEvidence(session: Session, gate: Gate): Promise<readonly EvidenceResult[]> {
  const results: EvidenceResult[] = [];
  for (const { id, title, action } of gate.evidence) {
    await session.safePoint();
    const outcome = await check(session, action, { deed: `${gate.id}#${id}`, stepId: gate.id });
    const findings = outcome.findings ?? [];
    const isReadable = !findings.some(({ rule }) => rule.startsWith(unreadableRule));
    const state = !isReadable ? 'unreadable' : outcome.ok ? 'holds' : 'missing';
    results.push({ id, title, state, detail: outcome.detail, findings });
    session.surroundings.on({
      kind: 'evidence',
      gate: gate.id,
      id,
      title,
      ok: state === 'holds',
      isReadable,
      detail: outcome.detail,
      findings,
    });
  }
  return results;
}

async function runChecks(session: Session, gate: Gate, { deploy }: GateOptions): Promise<readonly string[]> {
  const done: string[] = [];
  for (const name of ['check', 'test'] as const) {
    const line = deploy?.[name];
    if (line === undefined) continue;
    await session.safePoint();
    await runLine(session, gate, { name, line });
    done.push(`${name} command holds: ${line}`);
  }
  return done;
}

async function runLine(
  session: Session,
  gate: Gate,
  command: { readonly name: 'check' | 'test' | 'revert'; readonly line: string },
): Promise<void> {
  const { surroundings, signal } = session;
  const result = await surroundings.runCommand({ kind: 'shell', line: command.line }, signal);
  signal.throwIfAborted();
  surroundings.on({ kind: 'command', gate: gate.id, ...command, exitCode: result.exitCode });
  if (result.exitCode === 0) return;
  const said = (result.errors.trim() || result.output.trim()).split('\n').slice(-5).join('\n');
  throw fail('command-failed', {
    what: `The ${command.name} command of gate ${gate.id} failed: ${command.line}`,
    why: `It ended with exit code ${result.exitCode}${said === '' ? ' and said nothing' : `: ${said}`}`,
    next: 'Mend what it reports and run the same command again, or change deploy in godwit.config.',
  });
}

function gateFailure(session: Session, gate: Gate, missing: readonly EvidenceResult[]): Error {
  return fail('gate', {
    what: `The plan waits at gate ${gate.id}: ${gate.needs}`,
    why: `Evidence is missing: ${missing.map(({ title, detail }) => `${title} (${detail})`).join('; ')}.`,
    next: `When that is done, run \`godwit apply migrations/${session.plan.id}${gate.needsWord === false ? '' : ` --confirm ${gate.id}`}\`.`,
  });
}

function consentMissing(session: Session, gate: Gate, evidence: readonly EvidenceResult[]): Error {
  const unreadable = evidence.filter(({ state }) => state === 'unreadable');
  const cover = unreadable.map(({ title, detail }) => `${title} (${detail})`).join('; ');
  return fail('gate', {
    what: `The plan waits at gate ${gate.id}: ${gate.needs}`,
    why:
      unreadable.length === 0
        ? 'All evidence holds, but nobody has said that it is done.'
        : `Nobody has said that it is done, and this could not be measured, so that a person's word has to cover it: ${cover}.`,
    next: `When it is done, run \`godwit apply migrations/${session.plan.id} --confirm ${gate.id}\`.`,
  });
}

function wordOf(confirmation: Confirmation): string {
  return `${confirmation.by} (${confirmation.means})`;
}
