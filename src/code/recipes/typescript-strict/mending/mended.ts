import { emitDifference } from '../../../compiler/emit-difference.ts';
import { type Repair, statementAt, withRepairs } from '../../../compiler/repair.ts';
import { fromRoot, type Project } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import { countOf, freshErrors, type Measured, measured } from '../measured.ts';
import type { Mending } from './mends-for.ts';

/** What one mend makes known may be mended by the next one. */
const roundsMax = 4;
const attemptsMax = 12;

/**
 * Mends errors by types. All mends are made, with those that they ask for in turn; where another error comes of it, under the
 * flag or without it, what may have brought it about stays as it was, and the rest is made again. So a mend is kept only where
 * no other error comes of it, and where the compiler makes the same JavaScript of its file.
 */
export async function mended(start: Measured, mending: Mending): Promise<Measured> {
  const left = new Set<string>();
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const { made, edited } = await carriedOut(start, left, mending);
    if (edited.size === 0) return start;
    const plain = await measured(made.texts, { ...mending, options: mending.before });
    const harm = [
      ...[...freshErrors(start.errors, made.errors).values()].flat().map((error) => ({ error, project: made.project })),
      ...[...freshErrors(mending.known, plain.errors).values()]
        .flat()
        .map((error) => ({ error, project: plain.project })),
    ];
    if (harm.length === 0) return countOf(made.errors) < countOf(start.errors) ? made : start;
    const doubted = harm.flatMap(({ error, project }) => suspects(error, project)).filter((one) => edited.has(one));
    const files = new Set(harm.map(({ error }) => `${fromRoot(error.file?.fileName ?? '')}#`));
    const near = [...edited].filter((one) => files.has(one.slice(0, one.indexOf('#') + 1)));
    const culprits = doubted.length > 0 ? doubted : near;
    if (culprits.length === 0) return start;
    for (const one of culprits) left.add(one);
  }
  return start;
}

type CarriedOut = {
  readonly made: Measured;
  /** Places that are other now, as `path#numbers`. */
  readonly edited: ReadonlySet<string>;
};

async function carriedOut(start: Measured, left: ReadonlySet<string>, mending: Mending): Promise<CarriedOut> {
  const edited = new Set<string>();
  let made = start;
  for (let round = 0; round < roundsMax; round += 1) {
    const found = await mending.mends(made, mending);
    const source = (path: string): ts.SourceFile | undefined => made.project.source(path);
    const keyOf = ({ path, offset }: Repair): string => placeOf(source(path), path, offset);
    const wanted = found.filter((repair) => !left.has(keyOf(repair)));
    const tried = withRepairs(made.texts, wanted);
    const isOther = new Set(
      [...new Set(wanted.map(({ path }) => path))].filter((path) => changesCode(path, made.texts, tried)),
    );
    const kept = wanted.filter(({ path }) => !isOther.has(path));
    if (kept.length === 0) break;
    for (const repair of kept) edited.add(keyOf(repair));
    made = await measured(isOther.size === 0 ? tried : withRepairs(made.texts, kept), mending);
  }
  return { made, edited };
}

/** A file of declarations makes no code. */
function changesCode(path: string, before: Measured['texts'], after: Measured['texts']): boolean {
  if (/\.d\.[cm]?ts$/.test(path)) return false;
  const [old, now] = [before.get(path) ?? '', after.get(path) ?? ''];
  return emitDifference({ path, text: old }, { path, text: now }) !== undefined;
}

/** Places that may have brought an error about: its own, and those that declare what stands beside it. */
function suspects({ file, start, length = 0 }: ts.Diagnostic, { checker }: Project): readonly string[] {
  if (file === undefined || start === undefined) return [];
  const found = new Set([at(file, start)]);
  const visit = (node: ts.Node): void => {
    if (node.end < start || node.getStart(file) > start + length) return;
    const call =
      ts.isCallExpression(node) || ts.isNewExpression(node)
        ? checker.getResolvedSignature(node)?.declaration
        : undefined;
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    const type = ts.isIdentifier(node) ? checker.getTypeAtLocation(node).symbol : undefined;
    for (const declaration of [call, ...(symbol?.declarations ?? []), ...(type?.declarations ?? [])])
      if (declaration !== undefined) found.add(at(declaration.getSourceFile(), declaration.getStart()));
    ts.forEachChild(node, visit);
  };
  const statement = file.statements[statementAt(file, start)];
  if (statement !== undefined) visit(statement);
  return [...found];
}

function at(file: ts.SourceFile, offset: number): string {
  return placeOf(file, fromRoot(file.fileName) ?? '', offset);
}

/** The statement and the member in which a place stands, by their numbers: a mend makes none more. */
function placeOf(file: ts.SourceFile | undefined, path: string, offset: number): string {
  if (file === undefined) return `${path}#`;
  const number = statementAt(file, offset);
  const statement = file.statements[number];
  const members =
    statement !== undefined && (ts.isClassLike(statement) || ts.isInterfaceDeclaration(statement))
      ? statement.members
      : statement !== undefined && ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type)
        ? statement.type.members
        : [];
  const member = members.findIndex(({ pos, end }) => pos <= offset && offset <= end);
  return `${path}#${number}${member < 0 ? '' : `.${member}`}`;
}
