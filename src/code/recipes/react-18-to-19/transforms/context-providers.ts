import type { SgNode } from '@ast-grep/napi';
import { findKinds } from '../../../engine/find-kinds.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles } from '../../../recipe.ts';
import { removeBetween } from '../editing/style.ts';

/** With the parameter `context-provider`, a context is its own provider. */
export const contextProviders: FileTransform = {
  kind: 'file',
  id: 'context-providers',
  why: '`<Context>` provides in React 19, and `<Context.Provider>` is to be deprecated.',
  files: sourceFiles,
  mentions: ['.Provider'],
  transform(file, { params }) {
    if (params['context-provider'] !== 'shorten') return { edits: [], unresolved: [] };
    const tags = findKinds(file.root(), ['jsx_element', 'jsx_self_closing_element']);
    return {
      edits: tags
        .flatMap(providerTags)
        .map(({ object, name }) => removeBetween(object.range().end.index, name.range().end.index)),
      unresolved: [],
    };
  },
};

type Tag = { readonly object: SgNode; readonly name: SgNode };

function providerTags(element: SgNode): readonly Tag[] {
  const isPair = element.kind() === 'jsx_element';
  const opening = isPair ? element.namedChildren().find((one) => one.kind() === 'jsx_opening_element') : element;
  const closing = isPair ? element.namedChildren().find((one) => one.kind() === 'jsx_closing_element') : undefined;
  const own = opening === undefined ? undefined : providerIn(opening);
  if (own === undefined || opening === undefined || !hasValue(opening)) return [];
  const end = closing === undefined ? undefined : providerIn(closing);
  return end === undefined ? [own] : [own, end];
}

/** `X.Provider`, where X is a context by its name or by its declaration: other libraries have providers too. */
function providerIn(tag: SgNode): Tag | undefined {
  const name = tag.field('name');
  const object = name?.field('object') ?? (name === null ? null : name.child(0));
  const last = name?.field('property') ?? name?.namedChildren().at(-1);
  if (
    name === null ||
    object?.is('identifier') !== true ||
    last?.text() !== 'Provider' ||
    name.namedChildren().length !== 2
  )
    return undefined;
  const declarator = declarationOf(object)?.parent();
  const value = declarator?.is('variable_declarator') === true ? declarator.field('value')?.text() : undefined;
  const isContext = /(^|[a-z\d])Ctx$|Context$/.test(object.text()) || /\bcreateContext\b/.test(value ?? '');
  return isContext ? { object, name } : undefined;
}

function hasValue(opening: SgNode): boolean {
  return opening
    .namedChildren()
    .some(
      (one) =>
        (one.kind() === 'jsx_attribute' && one.namedChildren()[0]?.text() === 'value') ||
        one.kind() === 'jsx_expression',
    );
}
