import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import type { BoundName } from '../../../engine/import-edits.ts';
import ts from '../../../typescript.cts';

/** A name that a file has of moment: all of it, or one part. */
export type MomentName = BoundName & { readonly part: string | undefined };

/** How a file writes its imports. */
export type ImportForm = 'default' | 'namespace' | 'equals' | 'require';

/** What a file has of moment by its imports. */
export type MomentNames = {
  readonly names: readonly MomentName[];
  /** Undefined where it binds nothing as a whole. */
  readonly form: ImportForm | undefined;
  /** The statement after which another import goes. */
  readonly statement: TypeScript.Statement | undefined;
  /** Specifiers that bind no name which can be followed. */
  readonly loose: readonly TypeScript.StringLiteralLike[];
};

/** Finds the imports of moment in a file. Pure. */
export function momentNames(source: TypeScript.SourceFile): MomentNames {
  const names: MomentName[] = [];
  const loose: TypeScript.StringLiteralLike[] = [];
  let form: ImportForm | undefined;
  let statement: TypeScript.Statement | undefined;
  for (const node of nodesBelow(source)) {
    if (!ts.isStringLiteralLike(node) || !isSpecifier(node)) continue;
    const bound = boundBy(node);
    if (bound === undefined) {
      loose.push(node);
      continue;
    }
    names.push(...bound.names);
    if (bound.names.some(({ part }) => part === undefined)) {
      form ??= bound.form;
      statement ??= bound.statement;
    }
  }
  return { names, form, statement, loose };
}

const loaders = /^(require(\.resolve)?|import|(jest|vi|td)\.\w+|proxyquire\w*|rewiremock\w*)$/;

function isSpecifier(node: TypeScript.StringLiteralLike): boolean {
  if (!/^moment(-timezone|-mini)?(\/|$)/.test(node.text)) return false;
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  return ts.isCallExpression(parent) && parent.arguments[0] === node && loaders.test(parent.expression.getText());
}

type Bound = {
  readonly names: readonly MomentName[];
  readonly form: ImportForm;
  readonly statement: TypeScript.Statement;
};

function boundBy(node: TypeScript.StringLiteralLike): Bound | undefined {
  if (node.text !== 'moment') return undefined;
  const { parent } = node;
  if (ts.isImportDeclaration(parent)) return importBound(parent);
  if (ts.isExternalModuleReference(parent)) {
    const declaration = parent.parent;
    if (!ts.isImportEqualsDeclaration(declaration)) return undefined;
    return {
      names: [{ name: declaration.name, binder: declaration, part: undefined }],
      form: 'equals',
      statement: declaration,
    };
  }
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'require') return undefined;
  const declaration = parent.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent)) return undefined;
  return { names: [{ name: declaration.name, binder: declaration, part: undefined }], form: 'require', statement };
}

function importBound(statement: TypeScript.ImportDeclaration): Bound | undefined {
  const { importClause } = statement;
  if (importClause === undefined) return undefined;
  const { name, namedBindings } = importClause;
  const whole = name === undefined ? [] : [{ name, binder: importClause, part: undefined }];
  if (namedBindings === undefined) return { names: whole, form: 'default', statement };
  if (ts.isNamespaceImport(namedBindings))
    return {
      names: [...whole, { name: namedBindings.name, binder: namedBindings, part: undefined }],
      form: whole.length > 0 ? 'default' : 'namespace',
      statement,
    };
  const parts = namedBindings.elements.map((one) => {
    const imported = (one.propertyName ?? one.name).text;
    return { name: one.name, binder: one, part: imported === 'default' ? undefined : imported };
  });
  return { names: [...whole, ...parts], form: 'default', statement };
}
