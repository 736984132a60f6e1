import { setImmediate } from 'node:timers/promises';
import { isTooLarge } from '../api/tree-projects.ts';
import { type Meaning, meaningsIn, type Place } from '../rename/meanings.ts';
import { exportsOf } from '../rename/module-exports.ts';
import { reachesOf } from '../rename/open-projects.ts';
import type { RenameProject } from '../rename/rename-project.ts';
import { saidOf } from '../rename/said-of.ts';
import { placeAt } from '../text/place.ts';
import type ts from '../typescript.cts';
import { backToBefore, onToAfter } from './back-to-before.ts';
import type { Layout } from './layout.ts';
import type { OpenModules } from './open-modules.ts';
import type { LayoutObstacle, WrittenLayout } from './write-layout.ts';

export type LayoutProof = {
  readonly layout: Layout;
  readonly written: WrittenLayout;
  /** Texts of edited and new files as they will be. */
  readonly changed: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
};

type World = OpenModules & LayoutProof;
type Both = { readonly project: RenameProject; readonly after: ts.Program; readonly world: World };

const obstaclesMax = 200;

/**
 * Compiles the projects as they are and as they will be: every name has to mean what it meant, wherever it stands then, every
 * module has to export what it exported, but for what has left it, and the compiler may say nothing that it does not say now.
 */
export async function proveLayout(open: OpenModules, proof: LayoutProof): Promise<readonly LayoutObstacle[]> {
  const world = { ...open, ...proof };
  const obstacles: LayoutObstacle[] = [];
  const reaches = new Map([...reachesOf(open.edges), ...proof.written.reaches]);
  const names = namesToLookAt(world);
  for (const project of open.projects) {
    const touched = [...proof.written.edits.keys()].some((path) =>
      project.program.getSourceFile(`${open.root}/${path}`),
    );
    if (!touched) continue;
    const own = new Set(project.files);
    const paths = [...proof.written.fresh.values()].filter(({ from }) => own.has(from)).map(({ path }) => path);
    const after = project.withTexts(proof.changed, { paths, reaches });
    const both = { project, after, world };
    for (const path of [...project.files, ...paths]) {
      await setImmediate();
      proof.signal.throwIfAborted();
      obstacles.push(...otherMeanings(path, names, both), ...otherExports(path, both), ...newDiagnostics(path, both));
      if (obstacles.length > obstaclesMax) return obstacles;
    }
  }
  return obstacles;
}

/** Names that stand in what moves, or in an import that is written anew. */
function namesToLookAt({ modules, layout, written }: World): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { topLevels, links, path } of modules.values()) {
    const leaving = topLevels.filter(({ id }) => layout.moved.has(id));
    for (const one of leaving) {
      for (const name of [...one.names, ...one.takes.keys()]) names.add(name);
      for (const id of one.needs.keys()) names.add(id.slice(path.length + 1));
    }
    const edits = written.edits.get(path)?.edits ?? [];
    for (const { offset, taken } of links)
      if (edits.some((edit) => edit.offset <= offset && offset < edit.offset + edit.length))
        for (const { local, name } of taken) names.add(local).add(name);
  }
  return names;
}

function otherMeanings(
  path: string,
  names: ReadonlySet<string>,
  { project, after, world }: Both,
): readonly LayoutObstacle[] {
  const { root, texts, written } = world;
  const text = texts.get(path) ?? '';
  const file = project.program.getSourceFile(`${root}/${path}`);
  if (file === undefined || written.fresh.has(path) || ![...names].some((name) => text.includes(name))) return [];
  const place: Place = (at, offset) => `${at}:${offset}`;
  const back: Place = (at, offset) => {
    const before = backToBefore({ file: at, offset }, written);
    return before === undefined ? `new ${at}:${offset}` : place(before.file, before.offset);
  };
  const now = new Map<string, ReadonlyMap<number, Meaning>>();
  const meaningsAt = (at: string): ReadonlyMap<number, Meaning> => {
    const source = after.getSourceFile(`${root}/${at}`);
    const found =
      now.get(at) ?? (source === undefined ? new Map() : meaningsIn(after, source, { root, names, place: back }));
    now.set(at, found);
    return found;
  };
  return [...meaningsIn(project.program, file, { root, names, place }).values()].flatMap((meaning) => {
    const there = onToAfter({ file: path, offset: meaning.offset }, written);
    if (there === undefined) return [];
    const found = meaningsAt(there.file).get(there.offset);
    const isSame =
      found !== undefined &&
      (['property', 'variable'] as const).every((side) => found[side].join() === meaning[side].join());
    if (isSame) return [];
    const { line } = placeAt(path, text, meaning);
    const name = text.slice(meaning.offset, meaning.offset + meaning.length);
    return [{ file: path, line, why: `\`${name}\` would name something else there than it does now, or nothing` }];
  });
}

function otherExports(path: string, { project, after, world }: Both): readonly LayoutObstacle[] {
  const { root, written, modules, layout } = world;
  if (written.fresh.has(path)) return [];
  const place: Place = (at, offset) => `${at}:${offset}`;
  const old = exportsOf(project.program, `${root}/${path}`, { root, place });
  const now = exportsOf(after, `${root}/${path}`, {
    root,
    place: (at, offset) => {
      const before = backToBefore({ file: at, offset }, written);
      return before === undefined ? `new ${at}:${offset}` : place(before.file, before.offset);
    },
  });
  const shape = modules.get(path);
  const hasLeft = (name: string): boolean => !layout.keepsOldNames && layout.moved.has(shape?.exports.get(name) ?? '');
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .filter((name) => !hasLeft(name) && (!now.has(name) || !old.has(name) || now.get(name) !== old.get(name)))
    .map((name) => ({
      file: path,
      line: 1,
      why: `it would export ${now.has(name) ? 'something else' : 'nothing'} as \`${name}\``,
    }));
}

/** An exported statement begins earlier than what it declares; what moves may be given an `export`. */
function newDiagnostics(path: string, { project, after, world }: Both): readonly LayoutObstacle[] {
  const { root, texts, written, changed } = world;
  if (isTooLarge(`${root}/${path}`)) return [];
  const now = saidOf(after, `${root}/${path}`);
  if (now.length === 0) return [];
  return now.flatMap(({ code, start, message }) => {
    const before = backToBefore({ file: path, offset: start }, written);
    // Of an import at the head of a new module the compiler may say what it says of it in the module that it comes from.
    const origin = before?.file ?? written.fresh.get(path)?.from;
    const isKnown =
      origin !== undefined &&
      saidOf(project.program, `${root}/${origin}`).some(
        (one) => one.code === code && (before === undefined ? one.message === message : one.start === before.offset),
      );
    if (isKnown) return [];
    const at = before ?? { file: path, offset: start };
    const text = (before === undefined ? changed.get(path) : texts.get(at.file)) ?? '';
    const { line } = placeAt(at.file, text, { offset: at.offset, length: 0 });
    return [{ file: at.file, line, why: whyOf(code, message) }];
  });
}

/** The compiler's words without their full stop; below 2000 they are of syntax. */
function whyOf(code: number, message: string): string {
  const words = `TS${code}: ${message.replace(/\.$/, '')}`;
  return code < 2_000 ? `what would be written there does not parse (${words})` : `the compiler would say ${words}`;
}
