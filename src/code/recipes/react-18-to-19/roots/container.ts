import type { SgNode } from '@ast-grep/napi';
import { declarationOf } from '../../../engine/scope.ts';
import type { RecipeContext, RecipeFile } from '../../../recipe.ts';

const lookup = /(^|\.)(getElementById|querySelector|closest)(<[^()]*>)?\([^()]*\)$/;

/**
 * A container as `createRoot` takes it. `render` took null in its types, `createRoot` does not: what a look-up in the
 * document gives is marked as there, in files of a package that is type-checked.
 */
export function containerText(container: SgNode, file: RecipeFile, { home }: RecipeContext): string {
  const text = container.text();
  const isTyped = (file.language === 'typescript' || file.language === 'tsx') && home !== undefined;
  return isTyped && mayBeNull(container) ? `${text}!` : text;
}

function mayBeNull(container: SgNode): boolean {
  if (container.is('call_expression')) return lookup.test(container.text());
  if (!container.is('identifier')) return false;
  const declaration = declarationOf(container)?.parent();
  if (declaration?.is('variable_declarator') !== true || declaration.field('type') !== null) return false;
  if (!lookup.test(declaration.field('value')?.text() ?? '')) return false;
  const name = container.text();
  const tests = container
    .getRoot()
    .root()
    .findAll({ rule: { any: [{ kind: 'if_statement' }, { kind: 'ternary_expression' }] } });
  return !tests.some((test) => (test.field('condition')?.text() ?? '').split(/[^\w$]+/).includes(name));
}
