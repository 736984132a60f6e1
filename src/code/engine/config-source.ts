import type { RecipeFile } from '../recipe.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import ts from '../typescript.cts';
import { constantOf, propertyOf, withoutCasts } from './literals.ts';
import { yamlAsLiteral } from './yaml-text.ts';

/** A configuration of a tool, as it is written: JavaScript, TypeScript, JSON, YAML, or a field of package.json. */
export type ConfigSource = {
  readonly path: string;
  /** From the root of the tree; `.` is the root. */
  readonly folder: string;
  /** `data` is JSON or YAML; `code` is JavaScript, of which everything but the configuration is kept. */
  readonly kind: 'data' | 'code';
  /** How the file says what it exports. */
  readonly form: 'module' | 'commonjs';
  readonly file: ts.SourceFile;
  /** The configuration; undefined where it is not written as an object. */
  readonly object: ts.ObjectLiteralExpression | undefined;
  /** Statements beside the export, in their order. */
  readonly statements: readonly ts.Statement[];
};

/**
 * Reads a configuration; undefined for a package.json that holds none under `field`, and for what cannot be read at all.
 * Pure.
 */
export function configSource(
  { path, text }: Pick<RecipeFile, 'path' | 'text'>,
  field: string,
): ConfigSource | undefined {
  const name = baseName(path);
  const about = { path, folder: folderPath(path) };
  if (/\.[cm]?[jt]s$/.test(name)) return fromCode(about, text);
  const json = parsed('config.json.js', `(${text}\n)`);
  const whole = json === undefined ? undefined : firstObject(json);
  if (name === 'package.json') {
    const inner = whole === undefined ? undefined : propertyOf(whole, field);
    if (json === undefined || inner === undefined || !ts.isObjectLiteralExpression(inner)) return undefined;
    return { ...about, kind: 'data', form: 'module', file: json, object: inner, statements: [] };
  }
  if (json !== undefined && whole !== undefined)
    return { ...about, kind: 'data', form: 'module', file: json, object: whole, statements: [] };
  const literal = yamlAsLiteral(text);
  const yaml = literal === undefined ? undefined : parsed('config.yaml.js', `(${literal}\n)`);
  const object = yaml === undefined ? undefined : firstObject(yaml);
  return yaml === undefined || object === undefined
    ? undefined
    : { ...about, kind: 'data', form: 'module', file: yaml, object, statements: [] };
}

/** Parses JavaScript or TypeScript, by its name; undefined where it has errors of syntax. */
function parsed(name: string, text: string): ts.SourceFile | undefined {
  const output = ts.transpileModule(text, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  if ((output.diagnostics ?? []).some(({ category }) => category === ts.DiagnosticCategory.Error)) return undefined;
  const kind = /ts$/.test(name) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  return ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, kind);
}

function firstObject(file: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  const [statement] = file.statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  const inner = withoutCasts(statement.expression);
  return ts.isObjectLiteralExpression(inner) ? inner : undefined;
}

function fromCode(about: { readonly path: string; readonly folder: string }, text: string): ConfigSource | undefined {
  const file = parsed(/\.[cm]?ts$/.test(about.path) ? 'config.ts' : 'config.js', text);
  if (file === undefined) return undefined;
  for (const statement of file.statements) {
    const exported = exportedBy(statement);
    if (exported === undefined) continue;
    const value = withoutCasts(exported);
    const named = ts.isIdentifier(value) ? constantOf(value) : undefined;
    const target = named === undefined ? value : withoutCasts(named);
    const holder = named === undefined ? statement : named.parent.parent.parent;
    const isAlone = holder === statement || (ts.isVariableStatement(holder) && isOnlyExported(value, file));
    const object = ts.isObjectLiteralExpression(target) && isAlone ? target : undefined;
    const statements = file.statements.filter((one) => one !== statement && one !== holder);
    const form = ts.isExportAssignment(statement) ? 'module' : 'commonjs';
    return { ...about, kind: 'code', form, file, object, statements };
  }
  return undefined;
}

function exportedBy(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isExportAssignment(statement)) return statement.expression;
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, right, operatorToken } = statement.expression;
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && left.getText() === 'module.exports' ? right : undefined;
}

/** True where a constant is declared alone and named nowhere but in the export. */
function isOnlyExported(name: ts.Expression, file: ts.SourceFile): boolean {
  let uses = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.getText()) uses += 1;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses === 2;
}
