import { emitDifference } from '../../../compiler/emit-difference.ts';
import { type Repair, statementAt, withRepairs } from '../../../compiler/repair.ts';
import { fromRoot, type Project } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import { countOf, freshErrors, type Measured, type Measuring, measured } from '../measured.ts';
import type { Mends } from './mends-for.ts';

type Mending = Measuring & {
  readonly mends: Mends;
  /** Options under which no error may be new either: those of before. */
  readonly before: ts.CompilerOptions;
};

const roundsMax = 4;
const retriesMax = 8;

/**
 * Mends errors as long as there are fewer after it. A mend is kept only where no other error comes of it, under the flag and
 * without it, and where the compiler makes the same JavaScript of its file.
 */
export async function mended(start: Measured, mending: Mending): Promise<Measured> {
  const known = (await measured(start.texts, { ...mending, options: mending.before })).errors;
  let best = start;
  for (let round = 0; round < roundsMax; round += 1) {
    const next = await withoutHarm(best, mending);
    if (next === undefined || countOf(next.errors) >= countOf(best.errors)) break;
    const plain = await measured(next.texts, { ...mending, options: mending.before });
    if (freshErrors(known, plain.errors).size > 0) break;
    best = next;
  }
  return best;
}

async function withoutHarm(best: Measured, mending: Mending): Promise<Measured | undefined> {
  let wanted = mending.mends(best, [...best.errors.keys()]);
  for (let round = 0; round < retriesMax && wanted.length > 0; round += 1) {
    const made = withRepairs(best.texts, wanted);
    const other = new Set([...new Set(wanted.map(({ path }) => path))].filter((path) => isOther(path, best.texts, made)));
    if (other.size > 0) {
      wanted = wanted.filter(({ path }) => !other.has(path));
      continue;
    }
    const next = await measured(made, mending);
    const fresh = freshErrors(best.errors, next.errors);
    if (fresh.size === 0) return next;
    const doubted = new Set([...fresh.values()].flat().flatMap((error) => suspects(error, next.project)));
    const left = wanted.filter(({ path, statement }) => !doubted.has(`${path}#${statement}`));
    wanted = left.length < wanted.length ? left : wanted.filter(({ path }) => !fresh.has(path));
    if (left.length === wanted.length && left.length > 0 && doubted.size === 0) return undefined;
  }
  return undefined;
}

function isOther(path: string, before: Measured['texts'], after: Measured['texts']): boolean {
  const [old, now] = [before.get(path) ?? '', after.get(path) ?? ''];
  return emitDifference({ path, text: old }, { path, text: now }) !== undefined;
}

/** Statements that may have brought an error about: its own, and those that declare what stands in it. */
function suspects({ file, start, length }: ts.Diagnostic, { checker }: Project): readonly string[] {
  if (file === undefined || start === undefined) return [];
  const found = new Set([`${fromRoot(file.fileName)}#${statementAt(file, start)}`]);
  const visit = (node: ts.Node): void => {
    if (node.end < start || node.getStart(file) > start + (length ?? 0)) return;
    if (ts.isIdentifier(node)) {
      for (const declaration of checker.getSymbolAtLocation(node)?.declarations ?? []) add(found, declaration);
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const declaration = checker.getResolvedSignature(node)?.declaration;
      if (declaration !== undefined) add(found, declaration);
    }
    ts.forEachChild(node, visit);
  };
  const statement = file.statements[statementAt(file, start)];
  if (statement !== undefined) visit(statement);
  return [...found];
}

function add(found: Set<string>, declaration: ts.Node): void {
  const source = declaration.getSourceFile();
  found.add(`${fromRoot(source.fileName)}#${statementAt(source, declaration.getStart(source))}`);
}
