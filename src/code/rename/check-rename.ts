import { setImmediate } from 'node:timers/promises';
import { isTooLarge } from '../api/tree-projects.ts';
import { placeAt } from '../text/place.ts';
import type ts from '../typescript.cts';
import { unsureKeys } from './keys-as-text.ts';
import { type Meaning, meaningsIn, type Place } from './meanings.ts';
import { sharedMembers } from './member-collisions.ts';
import { mixedMembers } from './mixed-members.ts';
import { changedExports } from './module-exports.ts';
import type { RenameProject } from './rename-project.ts';
import type { RenamedSymbol, RenameObstacle, RenameProof } from './rename-proof.ts';
import { type Said, saidOf } from './said-of.ts';
import { shifted, shiftedBack } from './shifted.ts';

/** So many places are said; more of them say the same. */
const obstaclesMax = 200;

/**
 * Compiles the projects as they are and as they will be: the same has to be said of the same places, each name has to mean what it
 * meant, each module has to export what it exported, no type may get two members of one name, and no object may be taken as a type
 * whose member it no longer has.
 */
export async function checkRename(
  projects: readonly RenameProject[],
  proof: RenameProof,
): Promise<readonly RenameObstacle[]> {
  const obstacles: RenameObstacle[] = [];
  for (const project of projects) {
    const touched = [...proof.edits.keys()].some((path) => project.program.getSourceFile(`${proof.root}/${path}`));
    if (!touched) continue;
    obstacles.push(...sharedMembers(project, proof), ...unsureKeys(project, proof));
    if (obstacles.length > 0) continue;
    const after = project.withTexts(proof.changed);
    for (const path of project.files) {
      await setImmediate();
      proof.signal.throwIfAborted();
      obstacles.push(...otherMeanings(path, { project, after, proof }));
      obstacles.push(...changedExports(path, { before: project.program, after, proof }));
    }
    if (obstacles.length > 0) continue;
    const mixedIn = mixedMembers(project, proof);
    for (const path of project.files) {
      await setImmediate();
      proof.signal.throwIfAborted();
      obstacles.push(...otherDiagnostics(path, { project, after, proof }), ...mixedIn(path));
      if (obstacles.length > obstaclesMax) return obstacles;
    }
  }
  return obstacles;
}

type Both = { readonly project: RenameProject; readonly after: ts.Program; readonly proof: RenameProof };

function otherMeanings(path: string, { project, after, proof }: Both): readonly RenameObstacle[] {
  const { root, edits, symbols, texts } = proof;
  const names = new Set(symbols.flatMap(({ from, to }) => [from, to]));
  const text = texts.get(path) ?? '';
  if (![...names].some((name) => text.includes(name))) return [];
  const [old, fresh] = [project.program, after].map((program) => program.getSourceFile(`${root}/${path}`));
  if (old === undefined || fresh === undefined) return [];
  const same: Place = (file, offset) => `${file}:${offset}`;
  const before = meaningsIn(project.program, old, { root, names, place: same });
  const now = meaningsIn(after, fresh, {
    root,
    names,
    place: (file, offset) => same(file, shiftedBack(offset, edits.get(file))),
  });
  return [...before.values()].flatMap((meaning) => {
    const wanted = same(path, meaning.offset);
    const other = differing(meaning, { path, now, edits });
    if (other === undefined) return [];
    const here = text.slice(meaning.offset, meaning.offset + meaning.length);
    const isEdited = edits.get(path)?.edits.some(({ offset }) => offset === meaning.offset) === true;
    const symbol = isEdited ? symbols.find(({ from }) => from === here) : undefined;
    const left = symbol === undefined || other !== 'nothing' ? undefined : declaredBeside(meaning, symbol);
    const why =
      left === undefined
        ? `\`${symbol?.to ?? here}\` would mean ${shownPlace(other, texts)} here${wanted === other ? ' as well' : ''}`
        : `\`${here}\` is ${shownPlace(left, texts)} here too, which keeps its name: rename that as a second symbol of the plan`;
    return [{ file: path, line: placeAt(path, text, meaning).line, why }];
  });
}

/** Where a name is declared besides the renamed symbol: as in a type that has the member of two others. */
function declaredBeside({ property, variable }: Meaning, { declared }: RenamedSymbol): string | undefined {
  const all = [...property, ...variable];
  return all.some((one) => declared.has(one)) ? all.find((one) => !declared.has(one)) : undefined;
}

type Now = {
  readonly path: string;
  readonly now: ReadonlyMap<number, Meaning>;
  readonly edits: RenameProof['edits'];
};

/** What a name would mean besides or instead; undefined where it means what it meant. */
function differing(before: Meaning, { path, now, edits }: Now): string | undefined {
  const own = edits.get(path);
  const edit = own?.edits.find(({ offset }) => offset === before.offset);
  const start = shifted(before.offset, own);
  const split = edit === undefined ? -1 : edit.text.indexOf(': ');
  const isExpanded = split !== -1 && before.property.length + before.variable.length > 0;
  const first = now.get(start);
  const second = isExpanded ? now.get(start + split + 2) : first;
  const found = { property: first?.property ?? [], variable: second?.variable ?? [] };
  for (const side of ['property', 'variable'] as const) {
    if (found[side].join() !== before[side].join())
      return found[side].find((one) => !before[side].includes(one)) ?? 'nothing';
  }
  return undefined;
}

function shownPlace(place: string, texts: ReadonlyMap<string, string>): string {
  const at = place.lastIndexOf(':');
  const file = place.slice(0, at);
  const text = texts.get(file);
  if (at === -1) return place;
  if (text === undefined) return `what ${file.replace(/^.*node_modules\//, '')} declares`;
  return `what is declared at ${file}:${placeAt(file, text, { offset: Number(place.slice(at + 1)), length: 0 }).line}`;
}

function otherDiagnostics(path: string, { project, after, proof }: Both): readonly RenameObstacle[] {
  const { root, edits, texts } = proof;
  if (isTooLarge(`${root}/${path}`)) return [];
  const text = texts.get(path) ?? '';
  const before = saidOf(project.program, `${root}/${path}`).map((one) => ({ ...one, start: inEdit(one.start, path) }));
  const now = saidOf(after, `${root}/${path}`).map((one) => ({
    ...one,
    start: shiftedBack(one.start, edits.get(path)),
  }));
  function inEdit(start: number, file: string): number {
    const edit = edits.get(file)?.edits.find((one) => one.offset <= start && start < one.offset + one.length);
    return edit?.offset ?? start;
  }
  const keyOf = ({ code, start }: Said): string => `${code}:${start}`;
  const [known, left] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))];
  const line = (offset: number): number => placeAt(path, text, { offset, length: 0 }).line;
  return [
    ...now
      .filter((one) => !known.has(keyOf(one)))
      .map(({ code, start, message }) => ({
        file: path,
        line: line(start),
        why: `the compiler would say TS${code}: ${message}`,
      })),
    ...before
      .filter((one) => !left.has(keyOf(one)))
      .map(({ code, start, message }) => ({
        file: path,
        line: line(start),
        why: `the compiler would no longer say TS${code}: ${message}`,
      })),
  ];
}
