import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../engine/edit-node.ts';
import { type FileTransform, type Recipe, sourceFiles, type TextEdit, type Unresolved } from '../../recipe.ts';

const deepImports: FileTransform = {
  kind: 'file',
  id: 'deep-imports',
  why: '`uuid/v4` and its like were deprecated in 7 and are no longer exported in 8; the versions are named exports.',
  files: sourceFiles,
  mentions: ['uuid/v'],
  transform(file) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const specifier of file.root().findAll({ rule: { kind: 'string', regex: '^.uuid/v[1345](\\.js)?.$' } })) {
      const version = /v[1345]/.exec(specifier.text())?.[0] ?? '';
      const found = rewritten(specifier, version);
      if (found === undefined) unresolved.push(leftOpen(specifier, version));
      else edits.push(...found);
    }
    return { edits, unresolved };
  },
};

/** Rewrites the module specifier and what binds its default export; undefined for forms that bind otherwise. */
function rewritten(specifier: SgNode, version: string): readonly TextEdit[] | undefined {
  const text = specifier.text();
  const module = replaceNode(specifier, `${text[0]}uuid${text[0]}`);
  const parent = specifier.parent();
  if (parent?.is('import_statement') === true) {
    const [name, ...more] = parent.find({ rule: { kind: 'import_clause' } })?.namedChildren() ?? [];
    if (name?.is('identifier') !== true || more.length > 0) return undefined;
    return [module, replaceNode(name, `{ ${named(version, name.text(), ' as')} }`)];
  }
  const call = parent?.parent();
  if (call?.is('call_expression') !== true || call.field('function')?.text() !== 'require') return undefined;
  const declarator = call.parent();
  const name = declarator?.is('variable_declarator') === true ? declarator.field('name') : undefined;
  if (name?.is('identifier') === true) return [module, replaceNode(name, `{ ${named(version, name.text(), ':')} }`)];
  if (name !== undefined) return undefined;
  const { offset, length } = spanOf(call);
  return [module, { offset: offset + length, length: 0, text: `.${version}` }];
}

function named(version: string, local: string, binds: string): string {
  return version === local ? version : `${version}${binds} ${local}`;
}

function leftOpen(specifier: SgNode, version: string): Unresolved {
  return {
    ...spanOf(specifier),
    message: `${specifier.text()} is no longer exported, and this way of naming it is not rewritten.`,
    cure: `Name \`uuid\` and take \`${version}\` from it.`,
    symbol: version,
  };
}

/** Deep imports of uuid 3 become named imports. */
export const uuid3To8: Recipe = {
  id: 'uuid-3-to-8',
  summary: 'Deep imports of uuid become named imports',
  why: 'uuid 8 exports only its root, with one named export for each version of an id; there is no `uuid/v4` any more (CHANGELOG of uuid, 7.0.0 and 8.0.0).',
  applies: [{ package: 'uuid', from: '>=3 <8', to: '>=8' }],
  risk: 'low',
  transforms: [deepImports],
};
