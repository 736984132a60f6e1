import { spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { type FileTransform, sourceFiles } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { ruleCreates } from '../reading/rule-functions.ts';

/** Rules that ask a code path for its current segments have to keep them themselves. */
export const codePaths: FileTransform = {
  kind: 'file',
  id: 'code-paths',
  why: 'ESLint 9 has no `CodePath#currentSegments`; a rule gathers the segments in its visitors (Migrate to v9.x, Removed CodePath#currentSegments).',
  files: sourceFiles,
  mentions: ['currentSegments'],
  transform(file) {
    const root = parseSource(file.path, file.text);
    const found = ruleCreates(root).flatMap(({ create }) => [...nodesBelow(create)].filter(isOfCodePath));
    const unresolved = [...new Set(found)].map((node) => ({
      ...spanOf(node),
      message: '`currentSegments` of a code path is gone in ESLint 9.',
      cure: 'Keep a set: add to it in `onCodePathSegmentStart` and `onUnreachableCodePathSegmentStart`, delete in the two of the end, and begin a new one in `onCodePathStart`.',
      symbol: 'CodePath.currentSegments',
      evidence: 'Migrate to v9.x: Removed CodePath#currentSegments',
    }));
    return { edits: [], unresolved };
  },
};

/** A rule may well have a list of its own of this name: only what is called a code path counts. */
function isOfCodePath(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'currentSegments') return false;
  const object = node.expression;
  if (ts.isPropertyAccessExpression(object)) return /codePath$/i.test(object.name.text);
  return ts.isIdentifier(object) && (/codePath$/i.test(object.text) || isGivenByPath(object));
}

/** The first parameter of `onCodePathStart` and `onCodePathEnd` around a name. */
function isGivenByPath(name: ts.Identifier): boolean {
  for (let at: ts.Node = name; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    const isParameter = at.parameters.some((one) => ts.isIdentifier(one.name) && one.name.text === name.text);
    if (!isParameter) continue;
    const key = ts.isMethodDeclaration(at) ? at.name : ts.isPropertyAssignment(at.parent) ? at.parent.name : undefined;
    return key !== undefined && ts.isIdentifier(key) && /^onCodePath(Start|End)$/.test(key.text);
  }
  return false;
}
