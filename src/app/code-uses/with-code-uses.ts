import { relative, resolve } from 'node:path';
import type { CodeUses } from '#code/column-uses/find-code-uses';
import { notLookedAt } from '#code/tree/not-looked-at';
import type { Finding } from '#core/finding';
import type { NamedChange } from '#core/named-change';
import type { CodePatch, CodeUse, Gate, PlanDraft } from '#core/plan';
import { diffText } from '../recipes/diff-text.ts';
import type { Surroundings } from '../verb.ts';
import { type CodeLook, lookAtCode } from './look-at-code.ts';

/** The plan for a database with what the code uses of it: named in the deploy phase, with the edits for its deployments. */
export async function withCodeUses(draft: PlanDraft, look: CodeLook, surroundings: Surroundings): Promise<PlanDraft> {
  const found = await lookAtCode(look, surroundings);
  const uses = toldUses(found, look.changes, surroundings);
  const intent = { ...draft.intent, options: { ...draft.intent.options, code: look.folders.join('\n') } };
  const risks = [...draft.risks, ...found.unknown.map(notLookedAt)];
  const isGated = draft.phases.some(({ gate }) => gate !== undefined);
  if (!isGated) return { ...draft, intent, risks, findings: [...(draft.findings ?? []), ...uses.map(asFinding)] };
  const phases = draft.phases.map((phase) =>
    phase.gate === undefined ? phase : { ...phase, gate: gateWith(phase.gate, { uses, found, look }) },
  );
  return { ...draft, intent, risks, phases };
}

/** Uses as a plan tells them: files as seen from the working directory. */
export function toldUses(
  { uses, top }: Pick<CodeUses, 'uses'> & { readonly top: string },
  changes: readonly NamedChange[],
  { cwd }: Pick<Surroundings, 'cwd'>,
): readonly CodeUse[] {
  return uses.map(({ path, line, column, change, kind, doubt, unedited, text }) => ({
    file: relative(cwd, resolve(top, path)).replaceAll('\\', '/'),
    line,
    column,
    object: objectOf(changes[change]),
    kind,
    certainty: doubt === undefined ? 'certain' : 'possible',
    ...reasonOf(doubt ?? unedited),
    text,
  }));
}

function reasonOf(reason: string | undefined): Pick<CodeUse, 'reason'> {
  return reason === undefined ? {} : { reason };
}

/** What a change is about, e.g. `public.users.name`. */
export function objectOf(change: NamedChange | undefined): string {
  if (change === undefined) return '';
  const { schema, name } = change.table;
  return [schema, name, ...('column' in change ? [change.column] : [])].join('.');
}

/** Changes after which a name means nothing any more: no use of it may be left. */
export function leavingNames(changes: readonly NamedChange[]): readonly NamedChange[] {
  return changes.filter(({ kind }) => kind !== 'change-type');
}

type Found = { readonly uses: readonly CodeUse[]; readonly found: CodeUses; readonly look: CodeLook };

function gateWith(gate: Gate, { uses, found, look }: Found): Gate {
  const leaving = leavingNames(look.changes);
  const action = { kind: 'code/name-uses', folders: [...look.folders], changes: leaving.map(asJson) };
  const title = `The code in ${look.folders.join(', ')} uses ${leaving.map(objectOf).join(', ')} nowhere any more`;
  const patches = patchesOf(found);
  return {
    ...gate,
    evidence: leaving.length === 0 ? gate.evidence : [...gate.evidence, { id: 'code-uses', title, action }],
    uses,
    ...(patches.length === 0 ? {} : { patches }),
  };
}

function asJson(change: NamedChange) {
  return { ...change, table: { ...change.table } };
}

/** Two deployments where the first one differs from the last: writes both names, reads the new one. */
function patchesOf({ edited }: CodeUses): readonly CodePatch[] {
  const first = diffText(
    edited
      .filter(({ before, first }) => before !== first)
      .map(({ path, before, first }) => ({ path, before, after: first })),
  );
  const then = diffText(
    edited
      .filter(({ first, final }) => first !== final)
      .map(({ path, first, final }) => ({ path, before: first, after: final })),
  );
  const both = 'Deploy 1: reads the new name, and writes both where one statement can';
  return [
    ...(first === ''
      ? []
      : [
          {
            file: 'deploy-1.patch',
            title: then === '' ? 'The deployment: uses the new name alone' : both,
            diff: first,
          },
        ]),
    ...(then === '' ? [] : [{ file: 'deploy-2.patch', title: 'Deploy 2: uses the new name alone', diff: then }]),
  ];
}

function asFinding({ file, line, column, object, certainty, reason, text }: CodeUse): Finding {
  return {
    rule: 'code/use',
    severity: 'advice',
    message: `${certainty === 'certain' ? 'Uses' : 'May use'} ${object}: ${text}${reason === undefined ? '' : ` (${reason})`}`,
    object,
    file,
    line,
    column,
  };
}
