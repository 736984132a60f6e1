import type { SgNode } from '@ast-grep/napi';
import { replaceNode } from '../../../engine/edit-node.ts';
import type { RecipeFile, TextEdit } from '../../../recipe.ts';
import { insertAfter } from '../editing/style.ts';

/** Edits of a Babel configuration that is a program: the preset of React, where it stands as a text in a list. */
export function babelScriptEdits(file: RecipeFile): readonly TextEdit[] {
  const names = file.root().findAll({ rule: { kind: 'string', regex: '^.(@babel/)?preset-react.$|^.@babel/react.$' } });
  return names.flatMap((name): readonly TextEdit[] => {
    const list = name.parent();
    if (list?.is('array') !== true) return [];
    const quote = name.text().charAt(0);
    const isOwnList = list.namedChildren()[0]?.id() === name.id() && list.parent()?.is('array') === true;
    if (!isOwnList)
      return isPresets(list) ? [replaceNode(name, `[${name.text()}, { runtime: ${quote}automatic${quote} }]`)] : [];
    const options = list.namedChildren()[1];
    if (options === undefined) return [insertAfter(name, `, { runtime: ${quote}automatic${quote} }`)];
    return options.kind() === 'object' ? withRuntime(options, quote) : [];
  });
}

function isPresets(list: SgNode): boolean {
  const holder = list.parent();
  return holder?.kind() === 'pair' && holder.field('key')?.text().replaceAll(/['"]/g, '') === 'presets';
}

function withRuntime(options: SgNode, quote: string): readonly TextEdit[] {
  const entry = (key: string): SgNode | undefined =>
    options.namedChildren().find((one) => one.field('key')?.text().replaceAll(/['"]/g, '') === key);
  if (entry('pragma') !== undefined || entry('pragmaFrag') !== undefined) return [];
  const runtime = entry('runtime')?.field('value');
  if (runtime != null)
    return /^.classic.$/.test(runtime.text()) ? [replaceNode(runtime, `${quote}automatic${quote}`)] : [];
  const isEmpty = options.namedChildren().length === 0;
  return [
    {
      offset: options.range().start.index + 1,
      length: 0,
      text: ` runtime: ${quote}automatic${quote}${isEmpty ? ' ' : ','}`,
    },
  ];
}
