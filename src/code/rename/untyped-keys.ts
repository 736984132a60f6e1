import type { Finding } from '#core/finding';
import { lineAt, placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { declarationPlace } from './member-comparison.ts';
import { nameStart, nodesNamed } from './nodes-named.ts';
import { type RenameProject, relativeIn } from './rename-project.ts';
import type { Renamed, RenameStudy } from './study-rename.ts';
import { typeMeetings } from './type-meetings.ts';

const script = /\.[cm]?jsx?$/;

/** Keys of the old name in objects that a function of the tree takes without a type: whether it is the member, only the program knows. */
export function untypedKeys(renamed: Renamed, study: RenameStudy): readonly Finding[] {
  const known = new Set(renamed.places.map(({ file, offset }) => `${file}:${offset}`));
  const found = new Map<string, Finding>();
  for (const project of study.projects) {
    if (!project.files.some((path) => script.test(path))) continue;
    const keys = keysLeft(project, { known, study, name: renamed.wish.from });
    if (keys.size === 0) continue;
    for (const { declared, at } of untypedUses(project, { keys, study, name: renamed.wish.from }))
      if (!found.has(declared)) found.set(declared, findingOf(declared, { at, renamed, study }));
  }
  return [...found.values()];
}

type Left = { readonly known: ReadonlySet<string>; readonly study: RenameStudy; readonly name: string };

/** Keys of objects in a project that stay as they are, as `file:offset`. */
function keysLeft({ files, program }: RenameProject, { known, study, name }: Left): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const path of files) {
    const isNaming = study.texts.get(path)?.includes(name) === true;
    const file = isNaming ? program.getSourceFile(`${study.root}/${path}`) : undefined;
    for (const node of file === undefined ? [] : nodesNamed(file, new Set([name]))) {
      const key = `${path}:${nameStart(node, node.getSourceFile())}`;
      if (ts.isObjectLiteralElementLike(node.parent) && node.parent.name === node && !known.has(key)) keys.add(key);
    }
  }
  return keys;
}

type Keys = { readonly keys: ReadonlySet<string>; readonly study: RenameStudy; readonly name: string };
type Use = { readonly declared: string; readonly at: ts.Node };

/** Arguments with such a key, for parameters of which nothing is known. */
function untypedUses({ files, program }: RenameProject, { keys, study, name }: Keys): readonly Use[] {
  const checker = program.getTypeChecker();
  return files.flatMap((path) => {
    const file = program.getSourceFile(`${study.root}/${path}`);
    if (file === undefined) return [];
    return [...typeMeetings(file, checker)].flatMap(({ at, source, target }) => {
      if (!isOpen(checker.getNonNullableType(target)) || !isOwnCall(at.parent, { checker, study })) return [];
      const symbol = checker.getPropertyOfType(source, name);
      const declarations =
        symbol === undefined ? [] : checker.getRootSymbols(symbol).flatMap((one) => one.declarations ?? []);
      return declarations.flatMap((one) => {
        const declared = declarationPlace(one, study.root);
        return declared !== undefined && keys.has(declared) ? [{ declared, at }] : [];
      });
    });
  });
}

function isOpen(type: ts.Type): boolean {
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return true;
  return (type.flags & ts.TypeFlags.Object) !== 0 && type.getProperties().length === 0;
}

type Own = { readonly checker: ts.TypeChecker; readonly study: RenameStudy };

/** True for a call of what the tree itself declares. */
function isOwnCall(node: ts.Node, { checker, study }: Own): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const declaration = checker.getResolvedSignature(node)?.getDeclaration();
  return declaration !== undefined && study.texts.has(relativeIn(study.root, declaration.getSourceFile().fileName));
}

type Said = { readonly at: ts.Node; readonly renamed: Renamed; readonly study: RenameStudy };

function findingOf(declared: string, { at, renamed: { wish }, study }: Said): Finding {
  const split = declared.lastIndexOf(':');
  const path = declared.slice(0, split);
  const span = { offset: Number(declared.slice(split + 1)), length: wish.from.length };
  const file = at.getSourceFile();
  const taken = relativeIn(study.root, file.fileName);
  const where = placeAt(taken, file.text, { offset: at.getStart(file), length: 0 }).line;
  return {
    rule: 'rename/untyped',
    severity: 'warning',
    message: `\`${wish.from}\` is a key here of an object that ${taken}:${where} passes on without a type; it is left as it is.`,
    cure: `Where the renamed member is meant, write \`${wish.to}\` on the branch.`,
    object: wish.from,
    ...lineAt(path, study.texts.get(path) ?? '', span),
  };
}
