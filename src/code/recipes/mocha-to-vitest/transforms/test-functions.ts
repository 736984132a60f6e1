import { inserted, removed, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import type { TextEdit, TreeTransform, Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { importOfVitest } from '../../../vitest/import-of-vitest.ts';
import { type Callback, promisedCallback, usesIn } from '../../../vitest/promised-callback.ts';
import { requiredModule } from '../../../vitest/source-names.ts';
import type { Declaration, MochaFile } from '../reading/mocha-file.ts';
import { testsBelowSuites } from '../reading/tests-below-suites.ts';
import { type FileWork, overMochaFiles } from './over-files.ts';

/** How suites, tests and hooks are declared. */
export const testFunctions: TreeTransform = {
  kind: 'tree',
  id: 'test-functions',
  why: 'Vitest has other names of hooks, no description of a hook, calls no `done`, and takes a function that a hook answers for its end (API, Setup and Teardown).',
  transform: (tree) => overMochaFiles(tree, rewrite),
};

type Work = { readonly file: MochaFile; readonly edits: TextEdit[]; readonly unresolved: Unresolved[] };

function rewrite(file: MochaFile): FileWork {
  const work: Work = { file, edits: [], unresolved: [] };
  for (const [node, { name }] of file.globals)
    if (node.text !== name && !file.aliases.has(node.text)) work.edits.push(replaced(node, name));
  for (const one of file.declarations) declared(one, work);
  work.unresolved.push(...testsBelowSuites(file));
  for (const node of file.nodes) foreign(node, work);
  imports(work);
  return work;
}

function declared({ role, call, callback, name }: Declaration, work: Work): void {
  const [first, second] = call.arguments;
  if (role === 'hook' && first !== undefined && second !== undefined && isTitle(first))
    work.edits.push(removed(first.getStart(), second.getStart()));
  if (role === 'suite' && callback !== undefined && isEmpty(callback))
    work.unresolved.push({
      ...spanOf(call.expression),
      message: 'A suite without a test fails in Vitest.',
      cure: 'Remove it, or give it a test: `it.todo(name)`.',
    });
  if (callback === undefined || role === 'suite') return;
  const last = callback.parameters.at(-1);
  if (last !== undefined && ts.isIdentifier(last.name)) done(callback, last, work);
  else if (role === 'hook' && name.startsWith('before')) answerNothing(callback, work);
}

function isTitle(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node);
}

function isEmpty({ body }: Callback): boolean {
  return ts.isBlock(body) && body.statements.length === 0;
}

/** A callback that waits for its parameter answers a promise that the parameter fulfils. */
function done(callback: Callback, parameter: ts.ParameterDeclaration, work: Work): void {
  const name = parameter.name.getText();
  const uses = usesIn(callback.body, name);
  const isAsync = callback.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  if (isAsync || callback.asteriskToken !== undefined || uses.length === 0) {
    const message = isAsync
      ? `An asynchronous function takes \`${name}\` as well, which Vitest does not call.`
      : `Nothing calls \`${name}\`, so that Mocha waits in vain.`;
    const cure = 'Answer a promise, or take the parameter away.';
    work.unresolved.push({ ...spanOf(parameter), message, cure });
    return;
  }
  work.edits.push(...promisedCallback(callback, parameter, work.file));
}

/** `beforeEach(() => stub(object))` answers a function, which Vitest would call at the end; a promise is still waited for. */
function answerNothing(callback: Callback, { edits }: Work): void {
  const { body } = callback;
  if (ts.isBlock(body) || !ts.isArrowFunction(callback)) return;
  const isAsync = callback.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  if (!isAsync) edits.push(inserted(callback.getStart(), 'async '));
  const inner = ts.isParenthesizedExpression(body) ? body.expression : body;
  const isWhole = ts.isCallExpression(inner) || ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner);
  const text = inner.getText();
  if (ts.isAwaitExpression(inner)) edits.push(replaced(body, `{ ${text}; }`));
  else edits.push(replaced(body, `{ await ${isWhole ? text : `(${text})`}; }`));
}

/** Packages that take hold of Mocha itself. */
const ofMocha =
  /^(mocha|mocha-sinon|mocha-each|mocha-steps|mocha-param|mocha-lambda|mocha-testdata|it-each|it-repeat|rocha)(\/|$)/;

function foreign(node: ts.Node, { file, unresolved }: Work): void {
  if (ts.isIdentifier(node) && node.text === 'run' && isDelayed(node))
    unresolved.push({
      ...spanOf(node),
      message: '`run()` starts a root suite that was delayed, which Vitest has not.',
      cure: 'Wait at the top of an ES module: `await`.',
    });
  const module = ts.isImportDeclaration(node)
    ? ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text
    : requiredModule(node);
  if (typeof module !== 'string' || !ofMocha.test(module)) return;
  if (file.imports.some((one) => node.pos >= one.pos && node.end <= one.end)) return;
  unresolved.push({
    ...spanOf(node),
    message: `\`${module}\` takes hold of Mocha itself.`,
    cure: 'Say the same with what Vitest has: `it.each`, `vi.spyOn`, `sinon.createSandbox()`.',
    symbol: module,
  });
}

function isDelayed({ parent, text }: ts.Identifier): boolean {
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== text || parent.arguments.length > 0) return false;
  return !new RegExp(`\\b(function|const|let|var|import)\\b[^;\\n]*\\b${text}\\b`).test(parent.getSourceFile().text);
}

/** In an ES module the names are imported; in CommonJS they are global, because `vitest` cannot be required. */
function imports({ file, edits, unresolved }: Work): void {
  const [first, ...more] = file.imports;
  const plain = [...file.globals].filter(([{ text }]) => !file.aliases.has(text));
  const names = [...new Set(plain.map(([, { name }]) => name.replace(/\..*/, '')))].sort();
  const others = [...file.aliases].map(([own, { name }]) => ({ own, name }));
  const isTaken = names.filter((name) => file.nodes.some((node) => isBinding(node, name, file)));
  if (file.isModule && isTaken.length > 0) {
    unresolved.push({
      offset: 0,
      length: 0,
      message: `${isTaken.join(', ')} of Vitest cannot be imported: the file has the name already.`,
      cure: 'Rename it, and import what is missing from vitest.',
    });
    return;
  }
  for (const one of more) edits.push(withoutStatement(one, file.text));
  if (first !== undefined && ts.isImportDeclaration(first)) {
    edits.push(...named(first, [...names, ...others.map(({ own, name }) => `${name} as ${own}`)]));
    return;
  }
  if (first !== undefined && ts.isVariableStatement(first))
    edits.push(...fromGlobal(first, [...names, ...others.map(({ own, name }) => `${name}: ${own}`)]));
  if (file.isModule) edits.push(...importOfVitest(file, names, 'value'));
}

/** Names that a CommonJS file required of Mocha are declared there still. */
function fromGlobal(statement: ts.VariableStatement, names: readonly string[]): readonly TextEdit[] {
  const [only] = statement.declarationList.declarations;
  if (only?.initializer === undefined) return [];
  return [replaced(only.name, `{ ${names.join(', ')} }`), replaced(only.initializer, 'globalThis')];
}

/** An import of Mocha becomes one of Vitest. */
function named(statement: ts.ImportDeclaration, names: readonly string[]): readonly TextEdit[] {
  const list = statement.importClause?.namedBindings;
  const quote = statement.moduleSpecifier.getText()[0] ?? "'";
  const module = replaced(statement.moduleSpecifier, `${quote}vitest${quote}`);
  return list === undefined ? [module] : [replaced(list, `{ ${names.join(', ')} }`), module];
}

function isBinding(node: ts.Node, name: string, { imports: own }: MochaFile): boolean {
  const isNamed =
    (ts.isVariableDeclaration(node) || ts.isImportSpecifier(node) || ts.isFunctionDeclaration(node)) &&
    node.name !== undefined &&
    node.name.getText() === name;
  return isNamed && !own.some((one) => node.pos >= one.pos && node.end <= one.end);
}

function withoutStatement(statement: ts.Statement, text: string): TextEdit {
  const end = /^[ \t]*\r?\n/.exec(text.slice(statement.getEnd()))?.[0].length ?? 0;
  return removed(statement.getStart(), statement.getEnd() + end);
}
