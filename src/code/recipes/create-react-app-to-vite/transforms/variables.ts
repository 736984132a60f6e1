import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { literalOf } from '../../../engine/literals.ts';
import type { TextEdit, Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { overSources } from '../over-sources.ts';
import { isTest } from '../reading/cra-application.ts';

const ours = 'import.meta.env';

/** What the build puts in the place of `process.env`. */
export const variables = overSources({
  id: 'variables',
  why: 'webpack puts values in the place of `process.env.REACT_APP_…`; Vite puts them in the place of `import.meta.env.…`, by the same names where `envPrefix` says so. It has no `process`, but for `process.env.NODE_ENV` (Vite, Env Variables and Modes).',
  files: /\.[cm]?[jt]sx?$/,
  mentions: /\bprocess\b/,
  change({ path, text }) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const node of nodesBelow(parseSource(path, text))) {
      if (!ts.isIdentifier(node) || node.text !== 'process' || !isValue(node)) continue;
      const made = madeOf(node);
      if ('edit' in made) edits.push(made.edit);
      // What only tests run is run by Node, which has all of it.
      else if ('message' in made && !isTest(path)) unresolved.push({ ...spanOf(made.node), ...made });
    }
    return { edits, unresolved };
  },
});

type Made =
  | { readonly edit: TextEdit }
  | { readonly node: ts.Node; readonly message: string; readonly cure: string }
  | { readonly stays: true };

/** What becomes of one use of `process`. */
function madeOf(process: ts.Identifier): Made {
  const env = process.parent;
  if (ts.isTypeOfExpression(env)) return { stays: true };
  if (!ts.isPropertyAccessExpression(env) || env.expression !== process || env.name.text !== 'env')
    return left(process, '`process` is of Node, and there is none in a browser.');
  if (env.questionDotToken !== undefined) return left(env, '`process` is looked for, and is not there any more.');
  const use = env.parent;
  if (ts.isVariableDeclaration(use) && use.initializer === env) return unpacked(use, env);
  const name = nameOf(use, env);
  if (name === undefined) return left(use, 'Which variable is meant is computed, and the build puts in those it sees.');
  if (isWritten(use)) return isOurs(name) ? left(use, `\`${name}\` is written to.`) : { stays: true };
  if (name === 'NODE_ENV') return { stays: true };
  if (name === 'PUBLIC_URL') return { edit: folderOf(use) };
  if (isOurs(name)) return { edit: replaced(env, ours) };
  return left(
    use,
    `react-scripts builds \`${name}\` as undefined, since its name has not the prefix; Vite would leave it to the browser.`,
    'Write `undefined`, or give it the prefix REACT_APP_ wherever it is set.',
  );
}

function isOurs(name: string): boolean {
  return name.startsWith('REACT_APP_');
}

function nameOf(use: ts.Node, env: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(use) && use.expression === env) return use.name.text;
  if (!ts.isElementAccessExpression(use) || use.expression !== env) return undefined;
  const { argumentExpression: key } = use;
  const known = ts.isStringLiteralLike(key) ? literalOf(key) : undefined;
  return typeof known === 'string' ? known : undefined;
}

/** `const { REACT_APP_A } = process.env`. */
function unpacked({ name }: ts.VariableDeclaration, env: ts.Expression): Made {
  const elements = ts.isObjectBindingPattern(name) ? name.elements : undefined;
  const isKnown = elements?.every(
    (one) => one.dotDotDotToken === undefined && isOurs((one.propertyName ?? one.name).getText()),
  );
  if (isKnown === true) return { edit: replaced(env, ours) };
  return left(env, 'Variables are taken out of `process.env` that `import.meta.env` does not have by that name.');
}

function isWritten(use: ts.Node): boolean {
  const { parent } = use;
  return (
    ts.isDeleteExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.left === use && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}

const bare = `${ours}.BASE_URL`;

/** `PUBLIC_URL` has no slash at its end, and `BASE_URL` has one: the slash that follows is left away. */
function folderOf(use: ts.Node): TextEdit {
  const { parent } = use;
  if (ts.isTemplateSpan(parent) && parent.literal.text.startsWith('/')) {
    const slash = parent.literal.getStart() + 1;
    return { offset: use.getStart(), length: slash + 1 - use.getStart(), text: `${bare}}` };
  }
  if (ts.isBinaryExpression(parent) && parent.left === use && parent.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const { right } = parent;
    if (ts.isStringLiteralLike(right) && right.text.startsWith('/')) {
      const between = right.getSourceFile().text.slice(use.getEnd(), right.getStart() + 1);
      return { offset: use.getStart(), length: right.getStart() + 2 - use.getStart(), text: `${bare}${between}` };
    }
  }
  return replaced(use, `${bare}.replace(/\\/$/, '')`);
}

function left(
  node: ts.Node,
  message: string,
  cure = 'Name each variable that the application needs as `import.meta.env.REACT_APP_…`.',
): Made {
  return { node, message, cure };
}

/** True where the name stands for the global, and is no key, member or type. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isJsxAttribute(parent) || ts.isBindingElement(parent)) return false;
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  return !('name' in parent && parent.name === node);
}
