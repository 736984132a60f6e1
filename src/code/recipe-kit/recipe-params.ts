import { fail } from '#core/error';
import type { Recipe } from '../recipe.ts';

/** The parameters of one of our recipes: as given, else their defaults. Throws `bad-input` for a name or value it does not take. */
export function recipeParams(
  { id, params = {} }: Recipe,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = Object.keys(params);
  for (const [name, value] of Object.entries(given)) {
    const choices = Object.hasOwn(params, name) ? params[name]?.choices : undefined;
    if (!Object.hasOwn(params, name)) {
      throw refused(id, `It has no parameter ${name}${names.length === 0 ? '' : `; it has ${names.join(', ')}`}.`);
    }
    if (choices !== undefined && !choices.includes(value)) {
      throw refused(id, `The parameter ${name} takes one of ${choices.join(', ')}, not ${value}.`);
    }
  }
  const defaults = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
  return { ...defaults, ...given };
}

function refused(id: string, why: string): Error {
  return fail('bad-input', { what: `The recipe ${id} does not take that.`, why, next: 'Give --param name=value.' });
}
