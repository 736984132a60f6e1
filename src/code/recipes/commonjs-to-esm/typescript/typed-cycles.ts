import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { type Refusal, refusalAt } from './refusals.ts';
import { isInType, type TypedModule, useOfName } from './typed-module.ts';
import { type TypedWorld, typedTarget } from './typed-world.ts';

/**
 * Cycles of which some file needs another one while it is loaded: CommonJS finds there what has been exported so far, an ES module
 * throws. Each is refused at the place that needs it. Pure.
 */
export function boundTypedCycles(world: TypedWorld): readonly Refusal[] {
  const edges = new Map([...world.modules].map(([path, module]) => [path, loadedBy(module, world)]));
  const reach = new Map([...edges.keys()].map((path) => [path, reachFrom(path, edges)]));
  return [...world.modules].flatMap(([path, module]) => {
    const mates = [...(reach.get(path) ?? [])].filter((other) => reach.get(other)?.has(path) === true);
    const bound = mates.length === 0 ? undefined : boundIn(module, new Set(mates), world);
    return bound === undefined
      ? []
      : [
          refusalAt(
            module,
            bound,
            `it runs while the cycle ${[...new Set([path, ...mates])].sort().join(', ')} is loaded, and may rest on the order`,
          ),
        ];
  });
}

/** Files that a file has loaded before its own statements run. */
function loadedBy(module: TypedModule, world: TypedWorld): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of module.source.statements) {
    const specifier = runtimeSpecifier(node, module);
    const target = specifier === undefined ? undefined : typedTarget(module, specifier, world);
    if (target?.kind === 'local') found.add(target.path);
  }
  return found;
}

function runtimeSpecifier(node: TypeScript.Statement, module: TypedModule): string | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const isLoaded =
      node.importClause === undefined || boundNames(node).some((name) => useOfName(module, name).isValue);
    return isLoaded && node.importClause?.isTypeOnly !== true ? node.moduleSpecifier.text : undefined;
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
    return node.isTypeOnly ? undefined : node.moduleSpecifier.text;
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const { expression } = node.moduleReference;
    return ts.isStringLiteralLike(expression) ? expression.text : undefined;
  }
  return undefined;
}

function boundNames(node: TypeScript.Statement): readonly TypeScript.Identifier[] {
  if (ts.isImportEqualsDeclaration(node)) return [node.name];
  if (!ts.isImportDeclaration(node)) return [];
  const { name, namedBindings } = node.importClause ?? {};
  const inner =
    namedBindings === undefined
      ? []
      : ts.isNamespaceImport(namedBindings)
        ? [namedBindings.name]
        : namedBindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.name);
  return [...(name === undefined ? [] : [name]), ...inner];
}

function reachFrom(path: string, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [path];
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const next of edges.get(at) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  return seen;
}

/** Something that runs while a file is loaded and calls, or names what comes from the cycle. */
function boundIn(module: TypedModule, mates: ReadonlySet<string>, world: TypedWorld): TypeScript.Node | undefined {
  const names = new Set<string>();
  for (const node of module.source.statements) {
    const specifier = runtimeSpecifier(node, module);
    const target = specifier === undefined ? undefined : typedTarget(module, specifier, world);
    if (target?.kind === 'local' && mates.has(target.path)) for (const { text } of boundNames(node)) names.add(text);
  }
  const bound: TypeScript.Node[] = [];
  const see = (node: TypeScript.Node): void => {
    if (bound.length > 0 || ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return;
    if (ts.isFunctionLike(node) && !hasDecorator(node)) return;
    const isName = ts.isIdentifier(node) && names.has(node.text) && (world.hasMetadata || !isInType(node));
    if (isName || ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node))
      bound.push(node);
    else ts.forEachChild(node, see);
  };
  module.source.statements.forEach(see);
  return bound[0];
}

function hasDecorator(node: TypeScript.Node): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node) ?? []).length > 0;
}
