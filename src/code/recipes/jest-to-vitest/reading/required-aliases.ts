import { spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { keyOf, propertyOf } from '../../../engine/literals.ts';
import type { TreeUnresolved, TreeView } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { RunnerPackage } from '../../../vitest/runner-packages.ts';
import { requiredModule } from '../../../vitest/source-names.ts';
import { aliasOf } from './module-names.ts';

/** Names that `moduleNameMapper` explains and that are required: Jest looks there for them, and Node in Vitest does not. */
export async function requiredAliases(
  { config, files }: RunnerPackage,
  tree: TreeView,
): Promise<readonly TreeUnresolved[]> {
  const mapper = config?.object === undefined ? undefined : propertyOf(config.object, 'moduleNameMapper');
  const patterns = mapper !== undefined && ts.isObjectLiteralExpression(mapper) ? patternsOf(mapper) : [];
  const found: TreeUnresolved[] = [];
  if (patterns.length === 0) return found;
  for (const path of files.filter((one) => /\.[cm]?[jt]sx?$/.test(one))) {
    const file = await tree.read(path);
    if (file === undefined || !/\brequire\s*\(/.test(file.text)) continue;
    for (const node of nodesBelow(parseSource(path, file.text))) {
      const name = ts.isCallExpression(node) ? requiredModule(node) : undefined;
      if (name === undefined || !patterns.some((one) => one.test(name))) continue;
      found.push({ ...spanOf(node), path, symbol: name, ...left(name) });
    }
  }
  return found;
}

function left(name: string) {
  return {
    message: `\`require\` in Vitest is Node's, which knows no alias and does not find '${name}'.`,
    cure: 'Import it, or require it by its path.',
    evidence: 'Migrating from Jest',
  };
}

/** Those that become an alias. */
function patternsOf(mapper: ts.ObjectLiteralExpression): readonly RegExp[] {
  return mapper.properties.flatMap((property) => {
    const made = aliasOf(property, '.');
    return made !== undefined && 'kind' in made ? [new RegExp(keyOf(property) ?? '')] : [];
  });
}
