import { inserted } from '../../../engine/compiler-edits.ts';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare, type FunctionNode, isFunctionNode } from '../reading/walk.ts';
import { expressTransform } from './express-transform.ts';

/** `req: Request` names the parameters that it reads. */
export const parameterTypes = expressTransform(
  {
    id: 'parameter-types',
    why: 'In the types of Express 5 a parameter of the path is `string | string[]`, because wildcards are arrays; one that `Request` names is what it says.',
    mentions: ['params'],
  },
  ({ source, file, edit }) => {
    if (file.language === 'javascript') return;
    for (const node of source.nodes) {
      if (!isFunctionNode(node)) continue;
      const type = requestTypeOf(node, source);
      if (type === undefined) continue;
      const members = parametersRead(node, source);
      if (members.length > 0) edit(inserted(type.getEnd(), `<{ ${members.join('; ')} }>`));
    }
  },
);

/** The plain `Request` of a parameter, or the plain `RequestHandler` of the constant that holds the function. */
function requestTypeOf(node: FunctionNode, source: ExpressSource): ts.TypeReferenceNode | undefined {
  const types = node.parameters.map(({ type }) => type);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) types.push(parent.type);
  return types.find((type) => type !== undefined && isPlain(type, source));
}

function isPlain(type: ts.TypeNode, source: ExpressSource): type is ts.TypeReferenceNode {
  if (!ts.isTypeReferenceNode(type) || type.typeArguments !== undefined) return false;
  const { typeName } = type;
  const [owner, name] = ts.isQualifiedName(typeName) ? [typeName.left, typeName.right] : [typeName, typeName];
  if (!ts.isIdentifier(owner) || source.moduleOf(owner) !== 'express') return false;
  const declared = source.reader.symbolOf(owner)?.declarations?.[0];
  const imported =
    declared !== undefined && ts.isImportSpecifier(declared)
      ? (declared.propertyName ?? declared.name).text
      : name.text;
  return imported === 'Request' || imported === 'RequestHandler';
}

/** Members of an object type for the parameters that a function reads by name; none where it hands them on as a whole. */
function parametersRead(node: FunctionNode, source: ExpressSource): readonly string[] {
  const names = new Map<string, string>();
  for (const inner of nodesBelow(node)) {
    if (!ts.isPropertyAccessExpression(inner) || inner.name.text !== 'params') continue;
    if (source.roleOf(inner.expression) !== 'request') continue;
    const read = namesRead(inner);
    if (read === undefined) return [];
    for (const name of read) names.set(name, name.startsWith('splat') ? `${name}?: string[]` : `${name}: string`);
  }
  return [...names.values()];
}

function namesRead(params: ts.PropertyAccessExpression): readonly string[] | undefined {
  let parent: ts.Node = params.parent;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent))
    parent = parent.parent;
  if (ts.isPropertyAccessExpression(parent)) return [parent.name.text];
  if (!ts.isVariableDeclaration(parent) || parent.initializer === undefined || bare(parent.initializer) !== params)
    return undefined;
  if (!ts.isObjectBindingPattern(parent.name)) return undefined;
  const keys = parent.name.elements.map(({ propertyName, name }) => propertyName ?? name);
  return keys.every(ts.isIdentifier) ? keys.map((key) => key.getText()) : undefined;
}
