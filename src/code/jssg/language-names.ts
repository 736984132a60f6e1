import { extname } from 'node:path';

const javascript = ['.js', '.mjs', '.cjs', '.jsx'];
const typescript = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];
const tsx = ['.tsx', '.jsx', '.ts', '.js', '.mjs', '.cjs', '.mts', '.cts'];

type Language = { readonly id: string; readonly names: readonly string[]; readonly extensions: readonly string[] };

/** Languages by the names that the public format takes, with the extensions that it reads as each (codemod.com, reference). */
const languages: readonly Language[] = [
  { id: 'JavaScript', names: ['javascript', 'js', 'jsx'], extensions: javascript },
  { id: 'TypeScript', names: ['typescript', 'ts'], extensions: typescript },
  { id: 'Tsx', names: ['tsx'], extensions: tsx },
  { id: 'Css', names: ['css'], extensions: ['.css'] },
  { id: 'Html', names: ['html'], extensions: ['.html', '.htm'] },
  { id: 'json', names: ['json'], extensions: ['.json', '.jsonc'] },
  { id: 'yaml', names: ['yaml', 'yml'], extensions: ['.yaml', '.yml'] },
  { id: 'bash', names: ['bash'], extensions: ['.sh', '.bash', '.zsh', '.fish'] },
  { id: 'c', names: ['c'], extensions: ['.c', '.h'] },
  { id: 'cpp', names: ['cpp', 'c++', 'cc', 'cxx'], extensions: ['.cpp', '.cxx', '.cc', '.hpp', '.hxx', '.hh'] },
  { id: 'csharp', names: ['csharp', 'cs', 'c_sharp'], extensions: ['.cs'] },
  { id: 'elixir', names: ['elixir', 'ex'], extensions: ['.ex', '.exs'] },
  { id: 'go', names: ['go', 'golang'], extensions: ['.go'] },
  { id: 'haskell', names: ['haskell', 'hs'], extensions: ['.hs', '.lhs'] },
  { id: 'java', names: ['java'], extensions: ['.java'] },
  { id: 'kotlin', names: ['kotlin', 'kt'], extensions: ['.kt', '.kts'] },
  { id: 'lua', names: ['lua'], extensions: ['.lua'] },
  { id: 'php', names: ['php'], extensions: ['.php', '.phtml'] },
  { id: 'python', names: ['python', 'py'], extensions: ['.py', '.pyw', '.pyi'] },
  { id: 'ruby', names: ['ruby', 'rb'], extensions: ['.rb', '.rbw'] },
  { id: 'rust', names: ['rust', 'rs'], extensions: ['.rs'] },
  { id: 'scala', names: ['scala'], extensions: ['.scala', '.sc'] },
  { id: 'swift', names: ['swift'], extensions: ['.swift'] },
  { id: 'toml', names: ['toml'], extensions: ['.toml'] },
];

/** Languages whose grammar is inside `@ast-grep/napi`; the others are packages `@ast-grep/lang-<id>`. */
const builtIn = new Set(['JavaScript', 'TypeScript', 'Tsx', 'Css', 'Html']);

/** The name of the language that files with an extension (with its dot) are read as; TypeScript reads JavaScript too. */
export function languageFor(extension: string): string | undefined {
  if (typescript.includes(extension)) return 'typescript';
  return extension === '.jsx' ? 'tsx' : languages.find(({ extensions }) => extensions.includes(extension))?.names[0];
}

/** The binding's own name of a language; undefined for one that has no grammar here. */
export function grammarOf(name: string): { readonly id: string; readonly isBuiltIn: boolean } | undefined {
  const found = languages.find(({ names }) => names.includes(name.toLowerCase()));
  return found === undefined ? undefined : { id: found.id, isBuiltIn: builtIn.has(found.id) };
}

/** Ids of all languages that come as packages of their own. */
export const packagedGrammars: readonly string[] = languages.map(({ id }) => id).filter((id) => !builtIn.has(id));

/** Extensions, with their dot, of the files that are read as a language; none for one that is not known. */
export function extensionsOf(name: string): readonly string[] {
  return languages.find(({ names }) => names.includes(name.toLowerCase()))?.extensions ?? [];
}

/** Name of the language of a file by its extension alone; TypeScript where it says nothing. */
export function languageOfFile(path: string): string {
  const extension = extname(path);
  if (extension === '.tsx') return 'tsx';
  if (typescript.slice(0, 3).includes(extension)) return 'typescript';
  return javascript.includes(extension) ? 'javascript' : 'typescript';
}

/** True for JavaScript and TypeScript of any kind, whose names and scopes are known. */
export function hasScopes(name: string): boolean {
  return ['JavaScript', 'TypeScript', 'Tsx'].includes(grammarOf(name)?.id ?? '');
}
