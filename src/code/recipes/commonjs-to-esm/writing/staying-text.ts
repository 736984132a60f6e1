import type * as TypeScript from 'typescript';
import { EditList } from '../../../engine/edit-list.ts';
import ts from '../../../typescript.cts';
import { targetOf } from '../deciding/target.ts';
import { waysOf } from '../deciding/ways.ts';
import type { Open, Written } from '../deciding/world.ts';
import type { CommonModule } from '../reading/common-module.ts';
import { computedPaths } from '../reading/computed-paths.ts';
import { saysPart } from '../reading/main-check.ts';
import { lintIn } from './lint-config.ts';
import { listedFolders } from './listed-folders.ts';
import type { Writes } from './module-text.ts';
import { renameOthers, renamePath } from './rename-paths.ts';
import { renamePlaced } from './rename-placed.ts';
import { unclaimedWords } from './unclaimed-words.ts';

/** A file that stays CommonJS, with what it requires under the names of afterwards. Pure. */
export function stayingText(module: CommonModule, writes: Writes): Written {
  const { world, placeOf } = writes;
  const edits = new EditList();
  for (const { node, specifier } of module.requires)
    renamePath(module, { node: node.arguments[0], specifier }, { world, placeOf, edits });
  renameOthers(module, { world, placeOf, edits });
  const placed = renamePlaced(module, { world, placeOf, edits });
  const lint = lintIn(module, { world, placeOf, edits });
  const importer = importerOf(module, writes);
  if (importer !== undefined)
    for (const check of module.mainChecks) {
      if (!/\bmodule\.parent\b/.test(check.getText())) continue;
      const text = `require.main ${saysPart(check) ? '!==' : '==='} module`;
      edits.replace(check.getStart(), check.end, isOpenAround(check) ? text : `(${text})`);
    }
  const listed = listedFolders(module.path, module.source, writes);
  const open = [
    ...changedValues(module, importer, writes),
    ...placed,
    ...lint,
    ...listed,
    ...givenPaths(module, writes),
  ];
  return { edits: edits.all(), open };
}

/** A path that is only known when it runs, beside files that are ES modules then and may be what it names. */
function givenPaths(module: CommonModule, { world, forms }: Writes): readonly Open[] {
  const unclaimed = unclaimedWords(module.path, { world, forms });
  if (unclaimed === '') return [];
  return computedPaths(module, world.home).flatMap(({ loader, isKnown }) =>
    loader === undefined || isKnown
      ? []
      : [
          {
            path: module.path,
            offset: loader.getStart(),
            length: loader.end - loader.getStart(),
            message: `\`${loader.parent.getText().slice(0, 60)}\` takes its path when it runs: what it loads has to be CommonJS.`,
            cure: `See what it loads${unclaimed}.`,
          },
        ],
  );
}

/** Where a comparison may stand without brackets. */
function isOpenAround({ parent }: TypeScript.Expression): boolean {
  if (ts.isBinaryExpression(parent))
    return [
      ts.SyntaxKind.AmpersandAmpersandToken,
      ts.SyntaxKind.BarBarToken,
      ts.SyntaxKind.EqualsToken,
      ts.SyntaxKind.CommaToken,
    ].includes(parent.operatorToken.kind);
  return !ts.isPrefixUnaryExpression(parent) && !ts.isPropertyAccessExpression(parent);
}

/** A file that becomes an ES module and imports this one. */
function importerOf({ path }: CommonModule, { world, forms }: Writes): string | undefined {
  for (const importer of forms.keys()) {
    const module = world.modules.get(importer);
    const ways = module === undefined ? undefined : waysOf(module, world);
    const isImported = module?.requires.some((call) => {
      const target = targetOf(module, call, world);
      return target.kind === 'local' && target.path === path && ways?.get(call)?.kind !== 'require';
    });
    if (isImported === true) return importer;
  }
  return undefined;
}

/** What Node gives a file of CommonJS otherwise where ES modules start or load it. */
function changedValues(module: CommonModule, importer: string | undefined, { world, forms }: Writes): readonly Open[] {
  return module.hindrances.flatMap(({ node }): readonly Open[] => {
    const text = node.getText();
    const at = { path: module.path, offset: node.getStart(), length: node.end - node.getStart() };
    if (text === 'module.parent' && importer !== undefined)
      return [
        {
          ...at,
          message: `\`module.parent\` was the module that requires this file, and is undefined once ${importer} imports it.`,
          cure: 'Hand over what it is asked for, or load this file by createRequire.',
        },
      ];
    if (text === 'require.main' && forms.size > 0 && !world.mayAwait(module.path))
      return [
        {
          ...at,
          message:
            '`require.main` was the module that Node was started with, and is undefined where that is an ES module.',
          cure: 'Take process.argv[1], or hand over what it is asked for.',
        },
      ];
    return [];
  });
}
