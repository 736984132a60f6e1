import { fail } from '#core/error';
import { applyFileEdits } from '../text/apply-file-edits.ts';
import { editJson } from '../text/edit-json.ts';
import type { FileChange } from '../text/file-change.ts';
import type { FileEdits } from '../text/file-edits.ts';
import type { ReadFile } from '../typescript-settings.ts';
import { editYaml } from './edit-yaml.ts';
import type { DeclaredChange, Hop } from './upgrade-path.ts';

/**
 * What a hop changes in the files that declare versions: package.json, catalogs, pins and overrides, and places that name Node. All else in them stays
 * byte for byte. A file that has the new text already is left out, so that it may be asked twice. Throws `drift` where a file
 * says something else than the plan.
 */
export async function manifestChanges(
  hop: Pick<Hop, 'changes' | 'overrides' | 'runtime'>,
  readText: ReadFile,
): Promise<readonly FileChange[]> {
  const byFile = new Map<string, DeclaredChange[]>();
  for (const change of [...hop.changes, ...hop.overrides].flatMap(({ declared }) => declared)) {
    byFile.set(change.file, [...(byFile.get(change.file) ?? []), change]);
  }
  const places = new Map((hop.runtime?.files ?? []).map((file) => [file.path, file]));
  const changes: FileChange[] = [];
  for (const path of [...new Set([...byFile.keys(), ...places.keys()])].sort()) {
    const edits = byFile.get(path) ?? [];
    const before = await readText(path);
    const isNew = edits.length > 0 && edits.every(({ from }) => from === undefined) && path.endsWith('.yaml');
    if (before === undefined && !isNew) throw drifted(path, 'It is not there.');
    const raised = withPlaces(places.get(path), before ?? '');
    const after = edits.reduce((text, edit) => edited(path, text, edit), raised);
    if (after !== before) changes.push({ path, before, after });
  }
  return changes;
}

/** Places are edited where the plan knows them, so they come before what is edited by its keys. */
function withPlaces(places: FileEdits | undefined, text: string): string {
  return places === undefined || isRaised(places, text) ? text : applyFileEdits(places, text);
}

function isRaised({ edits }: FileEdits, text: string): boolean {
  let shift = 0;
  return edits.every(({ offset, length, text: put }) => {
    const at = offset + shift;
    shift += put.length - length;
    return text.slice(at, at + put.length) === put;
  });
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
