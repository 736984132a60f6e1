import type { TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { type CommonModule, readCommonModule } from './common-module.ts';
import { moduleExports } from './module-exports.ts';

/** The files of one package, as far as they have to do with modules. */
export type PackageFiles = {
  readonly manifest: {
    readonly path: string;
    readonly text: string;
    readonly fields: Readonly<Record<string, unknown>>;
  };
  /** What Node reads as CommonJS, by path. */
  readonly modules: ReadonlyMap<string, CommonModule>;
  /** Scripts without extension, which get one. */
  readonly scripts: readonly string[];
  /** ES modules that are there already, with their text. */
  readonly esModules: ReadonlyMap<string, string>;
  /** Sources in TypeScript. */
  readonly typed: readonly string[];
};

/** Thrown where a package cannot be turned into ES modules at all. */
export class UnfitPackage extends Error {}

const skipped = /(^|\/)(dist|build|coverage|public|static|vendor|assets)\//;

/** Reads every file of a package that may have to do with modules. Throws UnfitPackage. */
export async function packageFiles(tree: TreeView, home: string): Promise<PackageFiles> {
  const path = joined(home, 'package.json');
  const text = (await tree.read(path))?.text;
  const fields = text === undefined ? undefined : jsonOf(text);
  if (text === undefined || !isRecord(fields))
    throw new UnfitPackage(
      `There is no package.json that can be read in ${home}. Name the package with --recipe-option package=DIR.`,
    );
  if (fields.type === 'module')
    return { manifest: { path, text, fields }, modules: new Map(), scripts: [], esModules: new Map(), typed: [] };
  const homes = new Set(tree.paths.filter((one) => baseName(one) === 'package.json').map(folderPath));
  const modules = new Map<string, CommonModule>();
  const scripts: string[] = [];
  const esModules = new Map<string, string>();
  const typed: string[] = [];
  const isOwn = (one: string) => foldersUp(folderPath(one)).find((folder) => homes.has(folder)) === home;
  for (const one of tree.paths.filter((each) => !/(^|\/)node_modules\//.test(each) && isOwn(each))) {
    if (/\.[cm]?tsx?$/.test(one) && !/\.d\.[cm]?ts$/.test(one)) typed.push(one);
    const isBare = /^[^.]+$/.test(baseName(one));
    if (!/\.([cm]?js|jsx)$/.test(one) && !isBare) continue;
    const content = (await tree.read(one))?.text;
    if (content === undefined || (isBare && !/^#!.*\bnode\b/.test(content))) continue;
    if (isBare) scripts.push(one);
    if (one.endsWith('.mjs')) esModules.set(one, content);
    else takeModule(one, content, modules);
  }
  return { manifest: { path, text, fields }, modules, scripts, esModules, typed };
}

function takeModule(path: string, content: string, modules: Map<string, CommonModule>): void {
  const { own, passedOn } = moduleExports(content);
  const module = readCommonModule(path, content);
  const isModule = own.length + passedOn.length > 0 || /^\s*import\s[^(]*?['"][^'"]+['"]/m.test(content);
  if (isModule && !skipped.test(path)) throw compiled(path);
  const isCommon =
    module.requires.length +
      module.exportUses.length +
      module.otherRequires.length +
      module.dirnames.length +
      module.filenames.length >
    0;
  if (!isModule && (isCommon || !skipped.test(path))) modules.set(path, module);
}

function compiled(path: string): Error {
  return new UnfitPackage(
    `${path} has import or export already, and is compiled to CommonJS by a tool: take that tool out of the build first.`,
  );
}
