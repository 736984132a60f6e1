import { Lang, parse, type SgNode } from '@ast-grep/napi';
import type { RecipeFile, RecipeLanguage } from '../recipe.ts';
import { baseName } from '../search-text.ts';

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
};

const grammars: Readonly<Partial<Record<RecipeLanguage, Lang>>> = {
  javascript: Lang.JavaScript,
  typescript: Lang.TypeScript,
  tsx: Lang.Tsx,
  css: Lang.Css,
  html: Lang.Html,
};

/** How a file is read, by its name. */
export function languageOf(path: string): RecipeLanguage {
  const name = baseName(path);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return (name.includes('.', 1) ? languages[extension] : undefined) ?? 'text';
}

/** A file for a transform: its text without byte order mark, and its tree, parsed once and on first use. */
export function recipeFile(path: string, text: string): RecipeFile {
  const language = languageOf(path);
  let root: SgNode | undefined;
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

function parsed(text: string, language: RecipeLanguage): SgNode {
  const grammar = grammars[language];
  if (grammar === undefined) throw new Error(`There is no grammar for ${language}; read file.text.`);
  return parse(grammar, text).root();
}
