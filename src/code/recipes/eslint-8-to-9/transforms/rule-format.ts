import { spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { keyOf } from '../../../engine/literals.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { isRuleFunction, type RuleFunction, ruleCreates } from '../reading/rule-functions.ts';

/** Rules are objects with `meta`, in which the schema of their options stands. */
export const ruleFormat: FileTransform = {
  kind: 'file',
  id: 'rule-format',
  why: 'ESLint 9 takes no rule that is a function, and no options for a rule without a schema in `meta` (Migrate to v9.x, Removed support for function-style rules; Stricter checks for schemas).',
  files: sourceFiles,
  mentions: ['module.exports', 'export default'],
  transform(file) {
    const root = parseSource(file.path, file.text);
    const creates = ruleCreates(root).map(({ create }) => create);
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const statement of root.statements) {
      const exported = exportedBy(statement);
      if (exported === undefined) continue;
      const target = functionOf(exported, root);
      if (target !== undefined && creates.includes(target)) edits.push(...wrapped(statement, exported, target));
      const object = objectOf(exported);
      if (object !== undefined && creates.some((create) => isCreateOf(create, object))) {
        const made = withMeta(object);
        if ('message' in made) unresolved.push(made);
        else edits.push(...made.edits);
      }
    }
    return { edits, unresolved };
  },
};

/** What `module.exports = …` or `export default …` exports. */
function exportedBy(statement: ts.Statement): ts.Expression | ts.FunctionDeclaration | undefined {
  if (ts.isExportAssignment(statement)) return statement.expression;
  if (ts.isFunctionDeclaration(statement))
    return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
      ? statement
      : undefined;
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, right } = statement.expression;
  return left.getText() === 'module.exports' ? right : undefined;
}

/** The function of a rule: exported itself, by its name, or as the only argument of a call. */
function functionOf(exported: ts.Expression | ts.FunctionDeclaration, root: ts.SourceFile): RuleFunction | undefined {
  if (isRuleFunction(exported)) return exported;
  if (ts.isIdentifier(exported))
    return root.statements.filter(ts.isFunctionDeclaration).find(({ name }) => name?.text === exported.text);
  if (!ts.isCallExpression(exported) || exported.arguments.length !== 1) return undefined;
  const [only] = exported.arguments;
  return only !== undefined && isRuleFunction(only) ? only : undefined;
}

function objectOf(exported: ts.Expression | ts.FunctionDeclaration): ts.ObjectLiteralExpression | undefined {
  if (ts.isObjectLiteralExpression(exported)) return exported;
  const [first] = ts.isCallExpression(exported) ? exported.arguments : [];
  return first !== undefined && ts.isObjectLiteralExpression(first) ? first : undefined;
}

function isCreateOf(create: RuleFunction, object: ts.ObjectLiteralExpression): boolean {
  return create.parent === object || create.parent.parent === object;
}

function wrapped(
  statement: ts.Statement,
  exported: ts.Expression | ts.FunctionDeclaration,
  target: RuleFunction,
): readonly TextEdit[] {
  const root = statement.getSourceFile();
  const schema = schemaOf(root);
  const isEarly = schema === undefined || !namesLater(schema.value, statement);
  const edits: TextEdit[] = [];
  if (schema !== undefined)
    edits.push(isEarly ? removed(schema.statement) : { ...spanOf(schema.target), text: 'module.exports.meta.schema' });
  const value = schema === undefined || !isEarly ? '[]' : schema.value.getText();
  const head = `{\n  meta: {\n    docs: {},\n    schema: ${value}\n  },\n  create: `;
  if (ts.isIdentifier(exported)) {
    edits.push(removed(target), { ...spanOf(exported), text: `${head}${target.getText()}\n}` });
  } else if (ts.isFunctionDeclaration(exported)) {
    const start = exported.modifiers?.end ?? exported.getStart();
    edits.push(
      { offset: start, length: 0, text: ` ${head.trimEnd()}` },
      { offset: exported.getEnd(), length: 0, text: '\n};' },
    );
  } else {
    edits.push(
      { offset: exported.getStart(), length: 0, text: head },
      { offset: exported.getEnd(), length: 0, text: '\n}' },
    );
  }
  return edits;
}

/** `module.exports.schema = …`. */
function schemaOf(root: ts.SourceFile) {
  for (const statement of root.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, right } = statement.expression;
    if (left.getText() === 'module.exports.schema') return { statement, target: left, value: right };
  }
  return undefined;
}

/** True where an expression names what is declared only after a statement. */
function namesLater(value: ts.Expression, before: ts.Statement): boolean {
  const names = new Set([...nodesBelow(value)].filter(ts.isIdentifier).map(({ text }) => text));
  const { statements } = before.getSourceFile();
  return statements
    .slice(statements.indexOf(before))
    .some(
      (one) =>
        ts.isVariableStatement(one) &&
        one.declarationList.declarations.some(({ name }) => ts.isIdentifier(name) && names.has(name.text)),
    );
}

function withMeta(object: ts.ObjectLiteralExpression): { readonly edits: readonly TextEdit[] } | Unresolved {
  const keys = object.properties.map(keyOf);
  if (keys.includes('meta') || keys.includes(undefined)) return { edits: [] };
  const readsOptions = [...nodesBelow(object)].some(
    (node) => ts.isPropertyAccessExpression(node) && node.name.text === 'options',
  );
  if (readsOptions)
    return {
      offset: object.getStart(),
      length: 1,
      message: 'This rule reads options and has no schema for them, so that ESLint 9 takes none.',
      cure: 'Give it `meta.schema`, the JSON Schema of its options.',
      symbol: 'meta.schema',
      evidence: 'Migrate to v9.x: Stricter checks for rules without a schema',
    };
  const text = '\n  meta: {\n    docs: {},\n    schema: []\n  },';
  return { edits: [{ offset: object.getStart() + 1, length: 0, text }] };
}

function removed(node: ts.Node): TextEdit {
  const text = node.getSourceFile().text;
  const end = node.getEnd() + (/^[ \t]*\r?\n/.exec(text.slice(node.getEnd()))?.[0].length ?? 0);
  return { offset: node.getStart(), length: end - node.getStart(), text: '' };
}
