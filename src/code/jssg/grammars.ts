import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Lang, parse, registerDynamicLanguage, type SgRoot } from '@ast-grep/napi';
import * as z from 'zod';
import { grammarOf, packagedGrammars } from './language-names.ts';

const registrationSchema = z.object({
  libraryPath: z.string(),
  extensions: z.array(z.string()),
  languageSymbol: z.string().optional(),
  metaVarChar: z.string().optional(),
  expandoChar: z.string().optional(),
});
const moduleSchema = z.union([
  z.object({ default: registrationSchema }).transform((module) => module.default),
  registrationSchema,
]);
type Registration = Parameters<typeof registerDynamicLanguage>[0][string];

const registered = new Set<string>();

/**
 * Registers every grammar that is installed as `@ast-grep/lang-*` beside the transform or beside godwit. The binding takes
 * them once in the life of a process; a second call does nothing.
 */
export function registerGrammars(packageFolder: string | undefined): void {
  if (registered.size > 0) return;
  const beside = packageFolder === undefined ? [] : [createRequire(join(packageFolder, 'package.json'))];
  const places = [...beside, createRequire(import.meta.url)];
  const found: Record<string, Registration> = {};
  for (const id of packagedGrammars) {
    const registration = places
      .map((place) => registrationOf(place, `@ast-grep/lang-${id}`))
      .find((one) => one !== undefined);
    if (registration === undefined) continue;
    found[id] = registration;
    registered.add(id);
  }
  if (registered.size > 0) registerDynamicLanguage(found);
}

function registrationOf(require: NodeJS.Require, name: string): Registration | undefined {
  let module: unknown;
  try {
    module = require(name);
  } catch {
    // Not installed, built for another machine, or standing where this process may not look: who needs it is told so.
    return undefined;
  }
  const parsed = moduleSchema.safeParse(module);
  if (!parsed.success) return undefined;
  const { libraryPath, extensions, languageSymbol, metaVarChar, expandoChar } = parsed.data;
  return {
    libraryPath,
    extensions,
    ...(languageSymbol === undefined ? {} : { languageSymbol }),
    ...(metaVarChar === undefined ? {} : { metaVarChar }),
    ...(expandoChar === undefined ? {} : { expandoChar }),
  };
}

/** Parses a text. Throws an Error that names the language where its grammar is not here. */
export function parseWith(language: string, text: string): SgRoot {
  return parse(grammarName(language), text);
}

/**
 * Whether a change left more in a text that the grammar of a language does not read than was there before. False where the
 * grammar is not here. Costs a parse, and a second one where there is something.
 */
export function isBrokenIn(language: string, after: string, before: string): boolean {
  const grammar = grammarOf(language);
  if (after === before || grammar === undefined || !(grammar.isBuiltIn || registered.has(grammar.id))) return false;
  const faultsIn = (text: string): number =>
    parseWith(language, text)
      .root()
      .findAll({ rule: { kind: 'ERROR' } }).length;
  const faults = faultsIn(after);
  return faults > 0 && faults > faultsIn(before);
}

/** The binding's name of a language. Throws an Error that names it where its grammar is not here. */
export function grammarName(language: string): string {
  const grammar = grammarOf(language);
  if (grammar === undefined) throw new Error(`The language ${language} is not known here.`);
  if (!grammar.isBuiltIn && !registered.has(grammar.id)) {
    throw new Error(`The language ${language} needs the package @ast-grep/lang-${grammar.id}, which is not installed.`);
  }
  return grammar.isBuiltIn ? (Object.values(Lang).find((name) => name === grammar.id) ?? grammar.id) : grammar.id;
}
