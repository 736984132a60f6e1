import { fail } from '#core/error';
import type { FileChange } from '../file-change.ts';
import type { ReadFile } from '../typescript-settings.ts';
import { editJson } from './edit-json.ts';
import { editYaml } from './edit-yaml.ts';
import type { DeclaredChange, Hop } from './upgrade-path.ts';

/**
 * What a hop changes in the files that declare versions: package.json, catalogs, pins and overrides. All else in them stays
 * byte for byte. A file that has the new text already is left out, so that it may be asked twice. Throws `drift` where a file
 * says something else than the plan.
 */
export async function manifestChanges(
  hop: Pick<Hop, 'changes' | 'overrides'>,
  readText: ReadFile,
): Promise<readonly FileChange[]> {
  const byFile = new Map<string, DeclaredChange[]>();
  for (const change of [...hop.changes, ...hop.overrides].flatMap(({ declared }) => declared)) {
    byFile.set(change.file, [...(byFile.get(change.file) ?? []), change]);
  }
  const changes: FileChange[] = [];
  for (const [path, edits] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = await readText(path);
    const isNew = edits.every(({ from }) => from === undefined) && path.endsWith('.yaml');
    if (before === undefined && !isNew) throw drifted(path, 'It is not there.');
    const after = edits.reduce((text, edit) => edited(path, text, edit), before ?? '');
    if (after !== before) changes.push({ path, before, after });
  }
  return changes;
}

function edited(path: string, text: string, { path: keys, from, to }: DeclaredChange): string {
  const answer = /\.ya?ml$/.test(path) ? editYaml(text, { keys, from, to }) : editJson(text, { keys, from, to });
  if (typeof answer === 'string') return answer;
  throw drifted(path, answer.why);
}

function drifted(path: string, why: string) {
  return fail('drift', {
    what: `${path} is not as it was when the plan was made.`,
    why,
    next: 'Restore it, or plan again.',
  });
}
