import { Lang, parse, parseAsync, type SgNode } from '@ast-grep/napi';
import { registerGrammars } from '../jssg/grammars.ts';
import type { RecipeFile, RecipeLanguage } from '../recipe.ts';
import { baseName } from '../text/search-text.ts';

const languages: Readonly<Record<string, RecipeLanguage>> = {
  js: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  cts: 'typescript',
  mts: 'typescript',
  tsx: 'tsx',
  css: 'css',
  html: 'html',
  htm: 'html',
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  py: 'python',
  pyi: 'python',
  pyw: 'python',
};

const grammars: Readonly<Partial<Record<RecipeLanguage, Lang | 'python'>>> = {
  javascript: Lang.JavaScript,
  typescript: Lang.TypeScript,
  tsx: Lang.Tsx,
  css: Lang.Css,
  html: Lang.Html,
  python: 'python',
};

/** How a file is read, by its name. */
export function languageOf(path: string): RecipeLanguage {
  const name = baseName(path);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return (name.includes('.', 1) ? languages[extension] : undefined) ?? 'text';
}

/** A file for a transform: its text without byte order mark, and its tree, parsed once and on first use. */
export function recipeFile(path: string, text: string): RecipeFile {
  return fileOf(path, text, undefined);
}

/** The same, parsed already, in a thread of its own: several files are parsed side by side. */
export async function parsedFile(path: string, text: string): Promise<RecipeFile> {
  const grammar = grammarFor(languageOf(path));
  return fileOf(path, text, grammar === undefined ? undefined : (await parseAsync(grammar, text)).root());
}

function fileOf(path: string, text: string, parsedRoot: SgNode | undefined): RecipeFile {
  const language = languageOf(path);
  let root = parsedRoot;
  return {
    path,
    text,
    language,
    root() {
      root ??= parsed(text, language);
      return root;
    },
  };
}

/** Whether the grammar reads the whole text; undefined for a language without one. Costs a parse. */
export function faultsOfSyntax(file: RecipeFile): number | undefined {
  if (grammars[file.language] === undefined) return undefined;
  return file.root().findAll({ rule: { kind: 'ERROR' } }).length;
}

/** Whether an edit left more in a text that the grammar does not read than was there before. */
export function isBroken(after: RecipeFile, before: RecipeFile): boolean {
  // What is as it was costs no parse.
  if (after.text === before.text) return false;
  const faults = faultsOfSyntax(after) ?? 0;
  return faults > 0 && faults > (faultsOfSyntax(before) ?? 0);
}

function parsed(text: string, language: RecipeLanguage): SgNode {
  const grammar = grammarFor(language);
  if (grammar === undefined) throw new Error(`There is no grammar for ${language}; read file.text.`);
  return parse(grammar, text).root();
}

/** Python's grammar comes as a package of its own, and is loaded when the first such file is. */
function grammarFor(language: RecipeLanguage): string | undefined {
  if (language === 'python') registerGrammars(undefined);
  return grammars[language];
}
