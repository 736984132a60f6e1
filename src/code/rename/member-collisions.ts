import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { declarationsOf } from './meanings.ts';
import { type RenameProject, relativeIn } from './rename-project.ts';
import type { RenamedSymbol, RenameObstacle, RenameProof } from './rename-proof.ts';

/** Types that have the renamed member and another one of the new name: one would override or merge with the other. */
export function sharedMembers(project: RenameProject, proof: RenameProof): readonly RenameObstacle[] {
  return proof.symbols.flatMap((symbol) => {
    const files = project.files.filter((path) => {
      const text = proof.texts.get(path) ?? '';
      return text.includes(symbol.from) || text.includes(symbol.to);
    });
    return files.flatMap((path) => {
      const file = project.program.getSourceFile(`${proof.root}/${path}`);
      return file === undefined ? [] : inFile(file, { project, symbol, proof });
    });
  });
}

type Options = { readonly project: RenameProject; readonly symbol: RenamedSymbol; readonly proof: RenameProof };

function inFile(file: ts.SourceFile, options: Options): readonly RenameObstacle[] {
  const checker = options.project.program.getTypeChecker();
  const found: RenameObstacle[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) {
      const symbol = ts.isTypeLiteralNode(node) ? undefined : checker.getSymbolAtLocation(node.name ?? node);
      const isClass = ts.isClassLike(node) && symbol !== undefined;
      const types = [
        checker.getTypeAtLocation(node),
        ...(isClass ? [checker.getTypeOfSymbolAtLocation(symbol, node)] : []),
      ];
      for (const type of types) found.push(...ofType(type, { ...options, node }));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function ofType(
  type: ts.Type,
  { project, symbol: { from, to, declared }, proof, node }: Options & { readonly node: ts.Node },
): readonly RenameObstacle[] {
  const checker = project.program.getTypeChecker();
  const [member, other] = [type.getProperty(from), type.getProperty(to)];
  if (member === undefined || other === undefined) return [];
  const place = (file: string, offset: number): string => `${file}:${offset}`;
  const isRenamed = declarationsOf(member, checker, { root: proof.root, place }).some((one) => declared.has(one));
  if (!isRenamed) return [];
  const at = other.declarations?.[0] ?? node;
  const file = at.getSourceFile();
  const path = relativeIn(proof.root, file.fileName);
  const name = type.symbol === undefined ? 'a type' : checker.symbolToString(type.symbol);
  return [
    {
      file: path,
      line: placeAt(path, file.text, { offset: at.getStart(file), length: 0 }).line,
      why: `${name === '__type' ? 'a type' : name} has a member \`${to}\` already, and \`${from}\` would be given that name too`,
    },
  ];
}
