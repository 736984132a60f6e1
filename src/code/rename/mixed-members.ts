import { placeAt } from '../text/place.ts';
import { literalPattern } from '../text/search-text.ts';
import type ts from '../typescript.cts';
import { declarationPlace, memberComparison, type Parting } from './member-comparison.ts';
import { type RenameProject, relativeIn } from './rename-project.ts';
import type { RenameObstacle, RenameProof } from './rename-proof.ts';
import { typeMeetings } from './type-meetings.ts';

/**
 * Objects that are taken as a type with the renamed member, by their structure alone, and would keep the old name: where the member
 * may be missing, the compiler says nothing of it. Likewise the other way round, and types in which both come together.
 */
export function mixedMembers(project: RenameProject, proof: RenameProof): (path: string) => readonly RenameObstacle[] {
  if (!isElsewhere(project.program, proof)) return () => [];
  const { root, named, symbols } = proof;
  const words = [...new Set(symbols.flatMap(({ from, to }) => [from, to]))];
  const checker = project.program.getTypeChecker();
  const compare = memberComparison(checker, { root, words, named });
  return (path) => {
    const file = project.program.getSourceFile(`${root}/${path}`);
    if (file === undefined) return [];
    const found = new Map<string, RenameObstacle>();
    for (const { at, source, target } of typeMeetings(file, checker)) {
      const parting = compare(source, target);
      if (parting === undefined) continue;
      const obstacle = obstacleOf(parting, { at, checker, proof });
      found.set(`${obstacle.file}:${obstacle.line} ${obstacle.why}`, obstacle);
    }
    return [...found.values()];
  };
}

/** True where an old or new name stands at a place that is not edited: a name that stands nowhere else needs no look at types. */
function isElsewhere(program: ts.Program, { root, edits, symbols }: RenameProof): boolean {
  const words = [...new Set(symbols.flatMap(({ from, to }) => [from, to]))].map(literalPattern).join('|');
  const pattern = new RegExp(`(?<![\\w$])(?:${words})(?![\\w$])`, 'g');
  return program.getSourceFiles().some(({ fileName, text }) => {
    const own = edits.get(relativeIn(root, fileName))?.edits ?? [];
    return [...text.matchAll(pattern)].some(
      ({ index }) => !own.some(({ offset, length }) => offset <= index && index < offset + length),
    );
  });
}

type At = { readonly at: ts.Node; readonly checker: ts.TypeChecker; readonly proof: RenameProof };

/** Said where the member is declared that would be left, with the place where both types meet. */
function obstacleOf({ name, symbols }: Parting, { at, checker, proof }: At): RenameObstacle {
  const { root, named } = proof;
  const declared = symbols.flatMap((symbol) => checker.getRootSymbols(symbol).flatMap((one) => one.declarations ?? []));
  const isRenamed = (one: ts.Declaration): boolean => named.has(declarationPlace(one, root) ?? '');
  const [left, renamed] = [declared.find((one) => !isRenamed(one)), declared.find(isRenamed)];
  const [meeting, own] = [placeOf(at, root), left === undefined ? undefined : placeOf(left, root)];
  const isOwn = own !== undefined && proof.texts.has(own.file);
  const of = renamed === undefined ? 'the renamed one' : `the one declared at ${shown(placeOf(renamed, root))}`;
  const isOld = proof.symbols.some(({ from }) => from === name);
  const says = isOld ? 'would no longer be' : 'would become';
  const where = isOwn ? `\`${name}\` here ${says} ${of}, as which it is taken at ${shown(meeting)}` : undefined;
  return {
    ...(isOwn ? own : meeting),
    why: where ?? `\`${name}\` of what is taken here ${says} ${of}`,
  };
}

type Line = { readonly file: string; readonly line: number };

function placeOf(node: ts.Node, root: string): Line {
  const file = node.getSourceFile();
  const path = relativeIn(root, file.fileName);
  return { file: path, line: placeAt(path, file.text, { offset: node.getStart(file), length: 0 }).line };
}

function shown({ file, line }: Line): string {
  return `${file}:${line}`;
}
