import { fromRoot, type Project, type VirtualTree } from '../../compiler/virtual-tree.ts';
import ts from '../../typescript.cts';

/** Texts, with what the compiler says of them. */
export type Measured = {
  readonly texts: ReadonlyMap<string, string>;
  readonly project: Project;
  /** Errors of the files of the tree, by path. */
  readonly errors: ReadonlyMap<string, readonly ts.Diagnostic[]>;
};

export type Measuring = {
  readonly world: VirtualTree;
  readonly roots: readonly string[];
  readonly options: ts.CompilerOptions;
};

type Asked = { readonly texts: ReadonlyMap<string, string>; readonly key: string; readonly answer: Promise<Measured> };

/** What the compiler said last: it is asked once, which takes a second and more; a program is large, so that few are kept. */
const latest: Asked[] = [];
const keptMax = 3;

/** Asks the compiler about texts. */
export function measured(texts: ReadonlyMap<string, string>, measuring: Measuring): Promise<Measured> {
  const key = JSON.stringify([measuring.options, measuring.roots]);
  const known = latest.find((one) => one.texts === texts && one.key === key);
  if (known !== undefined) return known.answer;
  const answer = ask(texts, measuring);
  latest.unshift({ texts, key, answer });
  latest.length = Math.min(latest.length, keptMax);
  return answer;
}

async function ask(texts: ReadonlyMap<string, string>, { world, roots, options }: Measuring): Promise<Measured> {
  const project = await world.project(texts, options, roots);
  const errors = new Map<string, readonly ts.Diagnostic[]>();
  for (const path of ownFiles(project)) {
    const own = project.diagnostics(path).filter(({ category }) => category === ts.DiagnosticCategory.Error);
    if (own.length > 0) errors.set(path, own);
  }
  return { texts, project, errors };
}

/** The files of the tree that a program holds, sorted. */
export function ownFiles({ program }: Project): readonly string[] {
  const all = program.getSourceFiles().flatMap(({ fileName }) => fromRoot(fileName) ?? []);
  return all.filter((path) => !/(^|\/)node_modules\//.test(path) && !path.endsWith('.json')).toSorted();
}

/** Errors that are not among those of before, wherever they stand now. Pure. */
export function freshErrors(
  before: Measured['errors'],
  after: Measured['errors'],
): ReadonlyMap<string, readonly ts.Diagnostic[]> {
  const fresh = new Map<string, readonly ts.Diagnostic[]>();
  for (const [path, errors] of after) {
    const known = (before.get(path) ?? []).map(keyOf);
    const own = errors.filter((error) => {
      const at = known.indexOf(keyOf(error));
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
    if (own.length > 0) fresh.set(path, own);
  }
  return fresh;
}

/** How many errors there are. */
export function countOf(errors: Measured['errors']): number {
  return [...errors.values()].reduce((sum, own) => sum + own.length, 0);
}

function keyOf({ code, messageText }: ts.Diagnostic): string {
  return `${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
