/** What a specifier of lodash brings: all functions, one, those of another style, or a part that is not looked into. */
export type ModuleMeaning =
  | { readonly kind: 'whole'; readonly package: string }
  | { readonly kind: 'method'; readonly package: string; readonly method: string }
  | { readonly kind: 'fp'; readonly package: string }
  | { readonly kind: 'part'; readonly package: string };

/** Undefined where it is another package. Packages of one function have its name in small letters. */
export function moduleMeaning(specifier: string, methods: ReadonlySet<string>): ModuleMeaning | undefined {
  const single = /^lodash\.([a-z]+)$/.exec(specifier)?.[1];
  if (single !== undefined) {
    const method = [...methods].find((name) => name.toLowerCase() === single) ?? single;
    return { kind: 'method', package: specifier, method };
  }
  const [, owner, path = ''] = /^(lodash|lodash-es)(?:\/(.+?))?(?:\.js)?$/.exec(specifier) ?? [];
  if (owner === undefined) return undefined;
  if (path === '' || path === 'lodash' || path === 'lodash.min') return { kind: 'whole', package: owner };
  if (path === 'fp' || path.startsWith('fp/')) return { kind: 'fp', package: owner };
  return /^[a-z][A-Za-z]+$/.test(path) && !categories.has(path)
    ? { kind: 'method', package: owner, method: path }
    : { kind: 'part', package: owner };
}

const categories = new Set(
  'core array collection date function lang math number object seq string util package'.split(' '),
);
