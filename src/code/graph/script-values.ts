import type * as TypeScript from 'typescript';
import { parseSource } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';

/** A string in a configuration that is a script. */
export type ScriptValue = {
  /** Names of the members that it stands in, from the outermost on. */
  readonly way: readonly string[];
  readonly text: string;
  /** Of the first character within its quotes. */
  readonly offset: number;
  /** Of a part of `join(…)` or `resolve(…)`: the constant parts before it; undefined for any other string. */
  readonly parts: readonly string[] | undefined;
};

/** Strings of a script without escapes and substitutions; what imports take is no value. Pure. */
export function scriptValues(path: string, text: string): readonly ScriptValue[] {
  const found: ScriptValue[] = [];
  const visit = (node: TypeScript.Node, way: readonly string[]): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || isImport(node)) return;
    if (ts.isStringLiteralLike(node) && text.slice(node.getStart() + 1, node.end - 1) === node.text)
      found.push({ way, text: node.text, offset: node.getStart() + 1, parts: partsBefore(node) });
    const isMember = ts.isPropertyAssignment(node);
    const own = isMember ? [...way, node.name.getText().replaceAll(/^["']|["']$/g, '')] : way;
    ts.forEachChild(node, (child) => {
      if (!isMember || child !== node.name) visit(child, own);
    });
  };
  visit(parseSource(path, text), []);
  return found;
}

function isImport(node: TypeScript.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
}

function partsBefore(node: TypeScript.StringLiteralLike): readonly string[] | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !/(^|\.)(join|resolve)$/.test(parent.expression.getText())) return undefined;
  const before = parent.arguments.slice(0, parent.arguments.indexOf(node));
  return before.flatMap((one) => (ts.isStringLiteralLike(one) ? [one.text] : []));
}
