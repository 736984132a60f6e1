import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { type CommonModule, walk } from './common-module.ts';
import { type Files, requiredPath } from './node-path.ts';

/** A text of a file that is the path of another one, as `require` would take it. */
export type SpelledFile = { readonly node: TypeScript.StringLiteralLike; readonly path: string };

/** Texts such as `'./settings'` in a list or an object, which something else than a plain require may load. Pure. */
export function spelledFiles(module: CommonModule, { files }: { readonly files: Files }): readonly SpelledFile[] {
  const found: SpelledFile[] = [];
  walk(module.source, (node) => {
    if (!ts.isStringLiteralLike(node) || !/^\.\.?\//.test(node.text) || isSpecifier(node) || isReplaced(node, module))
      return;
    const path = requiredPath(module.path, node.text, files);
    if (path !== undefined && path !== module.path) found.push({ node, path });
  });
  return found;
}

/** What a mock or a stub names is theirs. */
function isReplaced({ parent }: TypeScript.Node, { stubbed }: CommonModule): boolean {
  const isStub = stubbed.some(({ node }) => node === parent);
  return isStub || (ts.isCallExpression(parent) && /^(vi|jest)\b/.test(parent.expression.getText()));
}

/** A specifier is written by what reads it. */
export function isSpecifier({ parent }: TypeScript.Node): boolean {
  return ts.isCallExpression(parent) && /^(require|import)\b|\brequire\./.test(parent.expression.getText());
}
