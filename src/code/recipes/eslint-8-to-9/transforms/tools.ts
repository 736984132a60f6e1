import { spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { keyOf, literalOf, propertyOf } from '../../../engine/literals.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';

import { flattened, withoutProperty } from './language-options.ts';

const renamed: Readonly<Record<string, string>> = { FlatRuleTester: 'RuleTester', FlatESLint: 'ESLint' };
const gone = new Set(['CLIEngine']);

/** The classes of ESLint, as programs and tests of rules use them. */
export const tools: FileTransform = {
  kind: 'file',
  id: 'tools',
  why: 'In ESLint 9 `ESLint`, `Linter` and `RuleTester` take flat configuration: the language stands in `languageOptions`, and `useEslintrc` and its like are gone (Migrate to v9.x, Removed the context of the old classes: FlatESLint is now ESLint, RuleTester uses flat config).',
  files: sourceFiles,
  mentions: ['eslint'],
  transform(file) {
    const root = parseSource(file.path, file.text);
    const names = classesOf(root);
    const edits: TextEdit[] = [...names.edits];
    const unresolved: Unresolved[] = [...names.unresolved];
    if (names.locals.size === 0) return { edits, unresolved };
    const work: Work = { form: names.form, edits, unresolved };
    const instances = instancesOf(root, names.locals);
    for (const node of nodesBelow(root)) {
      if (ts.isNewExpression(node) && ts.isIdentifier(node.expression))
        construct(node, names.locals.get(node.expression.text), work);
      if (ts.isCallExpression(node)) call(node, instances, work);
    }
    return { edits, unresolved };
  },
};

type Work = { readonly form: 'module' | 'commonjs'; readonly edits: TextEdit[]; readonly unresolved: Unresolved[] };

/** Names of the file for classes of ESLint; those that were preliminary get their last name, from where it is. */
function classesOf(root: ts.SourceFile) {
  const locals = new Map<string, string>();
  const edits: TextEdit[] = [];
  const unresolved: Unresolved[] = [];
  let form: 'module' | 'commonjs' = 'commonjs';
  for (const node of nodesBelow(root)) {
    const bound = boundBy(node);
    if (bound === undefined) continue;
    if (ts.isImportDeclaration(node)) form = 'module';
    for (const { imported, local, whole } of bound.names) {
      const name = renamed[imported] ?? imported;
      locals.set(local.text, name);
      if (gone.has(imported))
        unresolved.push({
          ...spanOf(whole),
          message: `\`${imported}\` is gone.`,
          cure: 'Use `ESLint`, whose methods answer promises.',
          symbol: imported,
          evidence: 'Migrate to v8.0: The CLIEngine class has been removed',
        });
      if (name === imported) continue;
      for (const use of nodesBelow(root))
        if (ts.isIdentifier(use) && use.text === imported && (local.text === imported || use.parent === whole))
          edits.push({ ...spanOf(use), text: name });
    }
    const isAll = bound.names.length > 0 && bound.names.every(({ imported }) => renamed[imported] !== undefined);
    if (isAll && bound.specifier.text === 'eslint/use-at-your-own-risk') {
      const { offset, length } = spanOf(bound.specifier);
      edits.push({ offset: offset + 1, length: length - 2, text: 'eslint' });
    }
  }
  return { locals, edits, unresolved, form };
}

type Named = { readonly imported: string; readonly local: ts.Identifier; readonly whole: ts.Node };

/** What a statement takes from ESLint by name. */
function boundBy(
  node: ts.Node,
): { readonly specifier: ts.StringLiteral; readonly names: readonly Named[] } | undefined {
  const isOurs = (module: ts.Node | undefined): module is ts.StringLiteral =>
    module !== undefined && ts.isStringLiteral(module) && /^eslint(\/use-at-your-own-risk)?$/.test(module.text);
  if (ts.isImportDeclaration(node)) {
    const inner = node.importClause?.namedBindings;
    if (!isOurs(node.moduleSpecifier) || inner === undefined || !ts.isNamedImports(inner)) return undefined;
    const names = inner.elements.map((one) => ({
      imported: (one.propertyName ?? one.name).text,
      local: one.name,
      whole: one,
    }));
    return { specifier: node.moduleSpecifier, names };
  }
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined || !ts.isObjectBindingPattern(node.name))
    return undefined;
  const value = node.initializer;
  if (!ts.isCallExpression(value) || value.expression.getText() !== 'require') return undefined;
  const [module] = value.arguments;
  if (!isOurs(module)) return undefined;
  const names = node.name.elements.flatMap((one) => {
    const key = one.propertyName ?? one.name;
    return ts.isIdentifier(one.name) && ts.isIdentifier(key)
      ? [{ imported: key.text, local: one.name, whole: one }]
      : [];
  });
  return { specifier: module, names };
}

/** Variables that hold an instance: name → class. */
function instancesOf(root: ts.SourceFile, locals: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of nodesBelow(root)) {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) continue;
    if (!ts.isNewExpression(node.initializer)) continue;
    const name = locals.get(node.initializer.expression.getText());
    if (name !== undefined) found.set(node.name.text, name);
  }
  return found;
}

function construct(node: ts.NewExpression, name: string | undefined, work: Work): void {
  const [options] = node.arguments ?? [];
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return;
  if (name === 'RuleTester') flatten(options, work);
  if (name === 'ESLint') eslintOptions(options, work);
}

function call(node: ts.CallExpression, instances: ReadonlyMap<string, string>, work: Work): void {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return;
  const name = instances.get(expression.expression.text);
  const method = expression.name.text;
  if (name === 'RuleTester' && method === 'run') testCases(node.arguments[2], work);
  if (name !== 'Linter') return;
  const options = node.arguments[1];
  if (/^verify(AndFix)?$/.test(method) && options !== undefined && ts.isObjectLiteralExpression(options))
    flatten(options, work);
  if (/^define(Rules?|Parser)$/.test(method))
    leave(
      expression.name,
      `\`${method}\` of \`Linter\` throws with flat configuration.`,
      'Hand rules and parsers over in the configuration: `plugins` and `languageOptions.parser`.',
      work,
    );
}

/** What is taken from `valid` and `invalid`, where they are written out. */
function testCases(argument: ts.Expression | undefined, work: Work): void {
  if (argument === undefined || !ts.isObjectLiteralExpression(argument)) return;
  for (const kind of ['valid', 'invalid']) {
    const list = propertyOf(argument, kind);
    if (list === undefined || !ts.isArrayLiteralExpression(list)) continue;
    for (const test of list.elements) {
      if (!ts.isObjectLiteralExpression(test)) continue;
      flatten(test, work);
      const output = test.properties.find((property) => keyOf(property) === 'output');
      if (output !== undefined && (kind === 'valid' || isSameAsCode(test)))
        work.edits.push(withoutProperty(test, output));
    }
  }
}

/** ESLint 9 refuses a test whose output is its code. */
function isSameAsCode(test: ts.ObjectLiteralExpression): boolean {
  const [code, output] = ['code', 'output'].map((key) => {
    const value = propertyOf(test, key);
    return value === undefined ? undefined : literalOf(value);
  });
  return code !== undefined && code === output;
}

function flatten(object: ts.ObjectLiteralExpression, work: Work): void {
  const made = flattened(object, work.form);
  if (made === undefined) return;
  if ('why' in made)
    leave(
      made.node,
      `This is of the old format, and stays as it is: ${made.why}.`,
      'Write it into `languageOptions`.',
      work,
    );
  else work.edits.push(...made);
}

const goneOptions: Readonly<Record<string, string>> = {
  extensions: 'Name the endings in `files` of the configuration.',
  rulePaths: 'Hand the rules over as a plugin in `overrideConfig` or `plugins`.',
  ignorePath: 'Use `ignorePatterns`, or `includeIgnoreFile` of @eslint/compat in the configuration.',
  resolvePluginsRelativeTo: 'Plugins are imported by the configuration now; leave it away.',
  reportUnusedDisableDirectives: 'Set `linterOptions.reportUnusedDisableDirectives` in `overrideConfig`.',
};

/** Options of `new ESLint()`. Source: Migrate to v9.x, "ESLint class"; Node.js API Reference. */
function eslintOptions(options: ts.ObjectLiteralExpression, work: Work): void {
  const file = propertyOf(options, 'overrideConfigFile');
  for (const property of options.properties) {
    const key = keyOf(property) ?? '';
    const cure = goneOptions[key];
    if (cure !== undefined) leave(property, `\`${key}\` is no option of \`ESLint\` any more.`, cure, work);
    const value = propertyOf(options, key);
    if (key === 'useEslintrc' && value !== undefined) {
      const isOn = literalOf(value);
      if (isOn === false && file === undefined)
        work.edits.push({ ...spanOf(property), text: 'overrideConfigFile: true' });
      else if (typeof isOn === 'boolean') work.edits.push(withoutProperty(options, property));
      else
        leave(
          property,
          '`useEslintrc` is no option of `ESLint` any more.',
          '`overrideConfigFile: true` does without configuration files.',
          work,
        );
    }
    if (key === 'overrideConfigFile' && value !== undefined && /eslintrc/.test(value.getText()))
      leave(
        property,
        'The configuration that is named here is of the old format.',
        'Name one in the new format.',
        work,
      );
    if (
      (key === 'overrideConfig' || key === 'baseConfig') &&
      value !== undefined &&
      ts.isObjectLiteralExpression(value)
    ) {
      flatten(value, work);
      for (const inner of value.properties)
        if (['extends', 'overrides', 'ignorePatterns'].includes(keyOf(inner) ?? '') || isList(inner))
          leave(
            inner,
            `\`${keyOf(inner) ?? ''}\` is written otherwise in flat configuration.`,
            'Write a list of flat configurations.',
            work,
          );
    }
  }
}

/** `plugins: ['x']` names plugins; flat configuration wants the plugins themselves. */
function isList(property: ts.ObjectLiteralElementLike): boolean {
  return (
    keyOf(property) === 'plugins' &&
    ts.isPropertyAssignment(property) &&
    ts.isArrayLiteralExpression(property.initializer)
  );
}

function leave(node: ts.Node, message: string, cure: string, { unresolved }: Work): void {
  unresolved.push({ ...spanOf(node), message, cure, evidence: 'Migrate to v9.x' });
}
