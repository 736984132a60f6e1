/** What Vite says for loaders of webpack that a specifier names. */
const suffixes: Readonly<Record<string, string>> = { 'raw-loader': '?raw', 'file-loader': '?url' };

/** The specifier that gives the same for one loader of webpack; undefined where there is none. Pure. */
export function loaderSpecifier(specifier: string): string | undefined {
  const [, loader = '', path = ''] = /^(?:-?!!?)?([\w-]+)!([^!?]+)$/.exec(specifier) ?? [];
  const suffix = Object.hasOwn(suffixes, loader) ? suffixes[loader] : undefined;
  return suffix === undefined ? undefined : `${path}${suffix}`;
}
