import { builtinModules } from 'node:module';

/** `@scope/name/sub/path` → `@scope/name`; undefined for relative and absolute paths, `#imports` and addresses. */
export function packageNameOf(specifier: string): string | undefined {
  if (/^[./#]|^[a-z]+:|^[A-Za-z]:[\\/]/.test(specifier)) return undefined;
  const [first = '', second] = specifier.split('/');
  if (!first.startsWith('@')) return first === '' ? undefined : first;
  return second === undefined ? undefined : `${first}/${second}`;
}

/** `name` → `.`, `name/sub` → `./sub`. */
export function subpathOf(specifier: string, name: string): string {
  return specifier === name ? '.' : `.${specifier.slice(name.length)}`;
}

/** `./sub` of `name` as an import writes it. */
export function specifierOf(name: string, subpath: string): string {
  return subpath === '.' ? name : `${name}${subpath.slice(1)}`;
}

/** The package on DefinitelyTyped that describes another: `@scope/name` → `@types/scope__name`. */
export function companionOf(name: string): string {
  return `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
}

/** The package that one on DefinitelyTyped describes: `@types/scope__name` → `@scope/name`; others describe themselves. */
export function describedBy(name: string): string {
  if (!name.startsWith('@types/')) return name;
  const plain = name.slice('@types/'.length);
  return plain.includes('__') ? `@${plain.replace('__', '/')}` : plain;
}

/** True for what Node itself brings: `fs`, `node:fs`, `fs/promises`. */
export function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** The package in whose folder a file lies, and the file's path inside; undefined outside of node_modules. */
export function homeOf(file: string): { readonly name: string; readonly path: string } | undefined {
  const at = file.lastIndexOf('/node_modules/');
  if (at === -1) return undefined;
  const inside = file.slice(at + '/node_modules/'.length);
  const name = packageNameOf(inside);
  return name === undefined ? undefined : { name, path: inside.slice(name.length + 1) };
}
