import type { SgNode } from '@ast-grep/napi';
import { bindingsOf } from '#code/engine/bindings';
import { replaceNode } from '#code/engine/edit-node';
import { usesOf } from '#code/engine/scope';
import { type Recipe, sourceFiles } from '#code/recipe';

/** The transform of the bench `recipes`, three times: what `some-lib` calls `oldName` is called `newName`, scope by scope. */
export const renameRecipe: Recipe = {
  id: 'some-lib-1-to-2',
  summary: 'oldName is called newName',
  why: 'A transform that is easily written for both.',
  applies: [{ package: 'some-lib', from: '1', to: '2' }],
  risk: 'low',
  transforms: [
    {
      kind: 'file',
      id: 'rename',
      why: 'It was renamed.',
      files: sourceFiles,
      mentions: ['oldName'],
      transform(file) {
        const bound = bindingsOf(file.root(), (name) => name === 'some-lib').filter(
          ({ imported }) => imported === 'oldName',
        );
        const nodes = bound.flatMap(({ node }) => [node, ...usesOf(node)]);
        return { edits: nodes.map((node: SgNode) => replaceNode(node, 'newName')), unresolved: [] };
      },
    },
  ],
};

/** For the public runner's format. */
export const jssgTransform = `export default function transform(root) {
  const program = root.root();
  const imported = program.find({ rule: { kind: 'import_specifier', regex: '^oldName$', inside: { kind: 'import_statement', stopBy: 'end', has: { field: 'source', regex: '^.some-lib.$' } } } });
  const name = imported?.field('name');
  if (name == null) return null;
  const edits = [name.replace('newName')];
  for (const { nodes } of name.references()) edits.push(...nodes.map((node) => node.replace('newName')));
  return program.commitEdits(edits);
}
`;

/** For jscodeshift, as its own documentation writes such a transform. */
export const jscodeshiftTransform = `module.exports = function transform(file, api) {
  const j = api.jscodeshift;
  if (!file.source.includes('oldName')) return undefined;
  const root = j(file.source);
  const imports = root.find(j.ImportDeclaration, { source: { value: 'some-lib' } });
  const specifiers = imports.find(j.ImportSpecifier, { imported: { name: 'oldName' } });
  if (specifiers.size() === 0) return undefined;
  root.find(j.Identifier, { name: 'oldName' }).forEach((path) => {
    const scope = path.scope && path.scope.lookup('oldName');
    if (scope && !scope.isGlobal) return;
    const parent = path.parent.node;
    if (parent.type === 'MemberExpression' && parent.property === path.node && !parent.computed) return;
    if ((parent.type === 'ObjectProperty' || parent.type === 'Property') && parent.key === path.node && !parent.shorthand) return;
    path.node.name = 'newName';
  });
  return root.toSource();
};
`;

/** A module of a made-up application, some 4 KB; \`uses\` says whether it uses what is renamed. */
export function generatedModule(index: number, uses: boolean): string {
  const name = uses ? 'oldName' : 'otherName';
  const head = [
    "import { readFile } from 'node:fs/promises';",
    `import { ${name} } from 'some-lib';`,
    "import type { Order, Customer } from '../types';",
    '',
  ];
  const functions = Array.from({ length: 12 }, (_, part) => functionText(index, part, name));
  return `${[...head, ...functions].join('\n')}\n`;
}

function functionText(index: number, part: number, name: string): string {
  return `/** Step ${part} of module ${index}. */
export async function step${index}Of${part}(order: Order, customer: Customer, limit = ${part + 1}): Promise<number> {
  const lines = order.lines.filter((line) => line.amount > limit && line.customer === customer.id);
  const text = await readFile(\`/tmp/\${order.id}-${part}.json\`, 'utf8');
  if (lines.length === 0) return ${name}(text.length, { kind: 'empty', part: ${part} });
  let total = 0;
  for (const [at, line] of lines.entries()) total += line.amount * (at % 2 === 0 ? 1 : customer.rate);
  return total > limit ? ${name}(total, { kind: 'full', part: ${part} }) : total;
}
`;
}
