import { parse } from 'jsonc-parser';
import * as z from 'zod';
import type { Flag } from '../../../compiler/strict-flags.ts';
import ts from '../../../typescript.cts';
import type { PackageFacts } from './package-facts.ts';

/** Options of the compiler as tsconfig.json writes them. */
export type Settings = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Options that say what a compiler writes where: tsconfig.json checks only, and what builds has a file of its own. */
export const replaced: ReadonlySet<string> = new Set([
  'emitDeclarationOnly',
  'declarationDir',
  'outDir',
  'outFile',
  'rootDir',
  'composite',
  'incremental',
  'tsBuildInfoFile',
]);

const existingSchema = z.object({
  compilerOptions: z
    .record(z.string(), z.unknown())
    .default({})
    .transform((all) => {
      const parsed = Object.entries(all).map(([name, value]) => [name, settingSchema.safeParse(value)] as const);
      return Object.fromEntries(parsed.flatMap(([name, one]) => (one.success ? [[name, one.data] as const] : [])));
    }),
});
const settingSchema = z.union([z.string(), z.boolean(), z.array(z.string())]);

/** The options of the tsconfig.json that is there; none where there is none. Pure. */
export function existingSettings(text: string | undefined): Settings {
  const parsed = existingSchema.safeParse(text === undefined ? {} : parse(text, [], { allowTrailingComma: true }));
  return parsed.success ? parsed.data.compilerOptions : {};
}

/** What the package is, as options of the compiler, without those of strictness. Pure. */
export function settingsOf(
  facts: PackageFacts,
  {
    hasJsx,
    types,
    existing,
  }: { readonly hasJsx: boolean; readonly types: readonly string[]; readonly existing: Settings },
): Settings {
  const { running } = facts;
  const isBundled = running === 'bundler';
  const target = targetOf(facts.floor);
  // What was chosen before is kept where it takes specifiers as they are written.
  const isFit = /^(node16|node18|node20|nodenext|bundler)$/i.test(
    String(existing.moduleResolution ?? existing.module ?? ''),
  );
  const module = isFit ? (existing.module ?? 'preserve') : 'nodenext';
  const resolution = isFit ? (existing.moduleResolution ?? existing.module ?? 'nodenext') : 'nodenext';
  const isThere = Object.keys(existing).length > 0;
  const named = Array.isArray(existing.types) ? existing.types : [];
  const kept = Object.fromEntries(Object.entries(existing).filter(([name]) => !replaced.has(name)));
  return {
    ...kept,
    target: existing.target ?? target,
    ...(isThere ? {} : { lib: [target, ...(usesDom(facts) ? ['dom', 'dom.iterable'] : [])] }),
    module: isBundled ? 'preserve' : module,
    moduleResolution: isBundled ? 'bundler' : resolution,
    moduleDetection: 'force',
    ...(isThere && types.length === 0 ? {} : { types: [...new Set([...named, ...types])] }),
    ...(hasJsx ? { jsx: existing.jsx ?? jsxOf(facts) } : {}),
    allowJs: true,
    resolveJsonModule: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    ...(running === 'build' ? { rewriteRelativeImportExtensions: true } : {}),
    ...(running === 'node' ? { erasableSyntaxOnly: true } : {}),
    esModuleInterop: true,
    forceConsistentCasingInFileNames: true,
    skipLibCheck: true,
    noEmit: true,
  };
}

function jsxOf({ dependencies }: PackageFacts): string {
  return Object.hasOwn(dependencies, 'react') ? 'react-jsx' : 'preserve';
}

/** What every version of Node from the floor on runs as it stands. */
function targetOf(floor: string | undefined): string {
  const major = Number((floor ?? '20').split('.')[0]);
  if (major >= 22) return 'es2024';
  return major >= 20 ? 'es2023' : 'es2022';
}

/** True where something of the package runs in a browser, by what it depends on and what it names. */
export function usesDom({ texts, candidates, dependencies, running }: PackageFacts): boolean {
  if (running === 'bundler' || ['react-dom', 'jsdom', 'happy-dom'].some((name) => Object.hasOwn(dependencies, name)))
    return true;
  return candidates.some((path) =>
    /\b(document\.(getElementById|querySelector|createElement|body|addEventListener)|HTMLElement|window\.)/.test(
      texts.get(path) ?? '',
    ),
  );
}

/** Settings as the compiler's own options. Throws for a value that it does not know. */
export function compilerOptions(settings: Settings, flags: readonly Flag[]): ts.CompilerOptions {
  const { options, errors } = ts.convertCompilerOptionsFromJson(
    { ...settings, strict: false, ...Object.fromEntries(flags.map((flag) => [flag, true])) },
    '/tree',
  );
  const [error] = errors;
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, ' '));
  return options;
}
