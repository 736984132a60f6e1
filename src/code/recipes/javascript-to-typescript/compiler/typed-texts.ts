import { inferredTypes } from '../../../compiler/inferred-types.ts';
import { type Repair, withRepairs } from '../../../compiler/repair.ts';
import { strictFlags } from '../../../compiler/strict-flags.ts';
import type { Project, VirtualTree } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import { compilerOptions, type Settings } from '../reading/compiler-options.ts';
import { isTest } from '../reading/package-facts.ts';
import { fieldTypes, leftOutByScript, neededEdits, suspects } from './repairs.ts';

/** Texts by path, and the error that a file is left with. */
export type TypedTexts = {
  readonly texts: ReadonlyMap<string, string>;
  readonly errors: ReadonlyMap<string, ts.Diagnostic>;
};

type Checked = {
  readonly world: VirtualTree;
  readonly settings: Settings;
  /** Files that are TypeScript now. */
  readonly files: readonly string[];
  /** By file: the fields whose type no comment says, by class in their order. */
  readonly unsaid: ReadonlyMap<string, readonly (readonly string[])[]>;
};

const repairsMax = 5;
const retriesMax = 8;

/** Adds what TypeScript needs and JavaScript may leave out, then types that are known from use, as far as no error comes of them. */
export async function typedTexts(annotated: ReadonlyMap<string, string>, checked: Checked): Promise<TypedTexts> {
  const { world, settings, files, unsaid } = checked;
  let texts = annotated;
  let project = await world.project(texts, compilerOptions(settings, []));
  for (let round = 0; round < repairsMax; round += 1) {
    const scripts = [...texts.keys()].filter((path) => /\.[cm]?jsx?$/.test(path));
    const repairs = [
      ...errorsOf(project, files).flatMap((error) => neededEdits(error, project)),
      ...scripts.flatMap((path) => leftOutByScript(path, project)),
    ];
    if (repairs.length === 0) break;
    texts = withRepairs(texts, repairs);
    project = await world.project(texts, compilerOptions(settings, []));
  }
  let held: Held = { texts, project };
  for (const find of [inferredTypes, fieldTypes]) {
    // What tests hand in is an example, and no reason to take nothing else.
    const shown = new Map([...held.texts].filter(([path]) => !isTest(path)));
    const strict = await world.project(shown, compilerOptions(settings, strictFlags));
    held = await withoutHarm(held, {
      repairs: files.flatMap((path) => find(path, strict, unsaid.get(path) ?? [])),
      checked,
    });
  }
  return { texts: held.texts, errors: firstErrors(errorsOf(held.project, files)) };
}

/** Texts with their project. */
type Held = { readonly texts: ReadonlyMap<string, string>; readonly project: Project };

/** With those types of which no error comes that was not there before. */
async function withoutHarm(
  held: Held,
  { repairs, checked }: { readonly repairs: readonly Repair[]; readonly checked: Checked },
): Promise<Held> {
  const { world, settings, files } = checked;
  const known = new Set(errorsOf(held.project, files).map(keyOf));
  let wanted = repairs;
  for (let round = 0; round < retriesMax && wanted.length > 0; round += 1) {
    const texts = withRepairs(held.texts, wanted);
    const project = await world.project(texts, compilerOptions(settings, []));
    const fresh = errorsOf(project, files).filter((error) => !known.has(keyOf(error)));
    if (fresh.length === 0) return { texts, project };
    const doubted = new Set(fresh.flatMap((error) => suspects(error, project)));
    const left = wanted.filter(({ path, statement }) => !doubted.has(`${path}#${statement}`));
    wanted = left.length < wanted.length ? left : [];
  }
  return held;
}

/** An `@ts-expect-error` that expects none; which flags there will be is not known before the end. */
const unusedDirective = 2578;

/** The errors of these files, without what only depends on flags. */
export function errorsOf(project: Project, files: readonly string[]): readonly ts.Diagnostic[] {
  return files.flatMap((path) =>
    project
      .diagnostics(path)
      .filter(({ category, code }) => category === ts.DiagnosticCategory.Error && code !== unusedDirective),
  );
}

/** Texts in which no `@ts-expect-error` stands where no error comes; its words stay. */
export function withoutUnusedDirectives(
  texts: ReadonlyMap<string, string>,
  { project, files }: { readonly project: Project; readonly files: readonly string[] },
): ReadonlyMap<string, string> {
  const repairs = files.flatMap((path) =>
    project.diagnostics(path).flatMap(({ code, start = 0, length = 0 }): readonly Repair[] => {
      if (code !== unusedDirective) return [];
      const comment = (texts.get(path) ?? '').slice(start, start + length);
      return [{ path, offset: start, length, text: comment.replace(/@ts-expect-error:?[ \t]?/, ''), statement: 0 }];
    }),
  );
  return repairs.length === 0 ? texts : withRepairs(texts, repairs);
}

/** An error is the same where it says the same of the same file. */
function keyOf({ file, code, messageText }: ts.Diagnostic): string {
  return `${file?.fileName} ${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

function firstErrors(errors: readonly ts.Diagnostic[]): ReadonlyMap<string, ts.Diagnostic> {
  const first = new Map<string, ts.Diagnostic>();
  for (const error of errors) {
    const path = error.file?.fileName.replace(/^\/tree\//, '');
    if (path !== undefined && !first.has(path)) first.set(path, error);
  }
  return first;
}
