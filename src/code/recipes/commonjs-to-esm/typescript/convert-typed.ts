import { applyEdits } from '../../../engine/apply-edits.ts';
import { withLineEndsOf } from '../../../engine/line-ends.ts';
import type { TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import { installedFacts, nodeAbilities, readWorld } from '../deciding/read-world.ts';
import type { ToolFate } from '../deciding/tool-files.ts';
import type { World } from '../deciding/world.ts';
import { isBuiltinName } from '../reading/builtin-modules.ts';
import type { PackageFacts } from '../reading/installed-package.ts';
import { requiredPath } from '../reading/node-path.ts';
import { type PackageFiles, UnfitPackage } from '../reading/package-files.ts';
import { otherFiles } from '../writing/other-files.ts';
import { stayingText } from '../writing/staying-text.ts';
import { compilationOf, manifestFindings } from './fit.ts';
import { type Refusal, refusalAt } from './refusals.ts';
import { configEdits } from './typed-config.ts';
import { boundTypedCycles } from './typed-cycles.ts';
import { type TypedModule, typedModule } from './typed-module.ts';
import { typedText } from './typed-text.ts';
import { type TypedWorld, typedTarget } from './typed-world.ts';

const shownMax = 20;

/** Turns a package whose TypeScript is compiled to CommonJS into one that is compiled to ES modules, or throws UnfitPackage. */
export async function convertTyped(tree: TreeView, files: PackageFiles, home: string): Promise<TreeTransformed> {
  const compilation = await compilationOf(tree, files, home);
  const world = await typedWorld(tree, files, compilation);
  const scripts = await readWorld(tree, files, home);
  const refusals: Refusal[] = [...boundTypedCycles(world), ...scriptRefusals(scripts)];
  const edits: TreeEdit[] = [];
  for (const module of world.modules.values()) {
    const made = typedText(module, world);
    refusals.push(...made.refusals);
    if (made.edits.length > 0) edits.push({ kind: 'edit', path: module.path, edits: made.edits });
    if (made.refusals.length === 0)
      refusals.push(...unreached(module, applyEdits(module.text, made.edits).text, world));
  }
  if (refusals.length > 0) throw unfit(refusals);
  const { configs, texts, major } = compilation;
  for (const [path, own] of configEdits(configs, texts, major)) edits.push({ kind: 'edit', path, edits: own });
  const kept = keptScripts(scripts);
  const others = await otherFiles(tree, {
    world: scripts,
    placeOf: cjs(scripts),
    manifest: files.manifest.path,
    usesJest: false,
  });
  return {
    edits: [...edits, ...kept.edits, ...others.edits],
    unresolved: [...movedManifest(files, others.edits), ...kept.unresolved, ...others.unresolved],
  };
}

async function typedWorld(
  tree: TreeView,
  { typed, manifest: { path: manifest, fields } }: PackageFiles,
  { hasInterop, hasMetadata }: Pick<TypedWorld, 'hasInterop' | 'hasMetadata'>,
): Promise<TypedWorld> {
  const modules = new Map<string, TypedModule>();
  const packages = new Map<string, PackageFacts | undefined>();
  for (const path of typed) {
    const text = (await tree.read(path))?.text;
    if (text === undefined) throw new UnfitPackage(`${path} cannot be read.`);
    const module = typedModule(path, text);
    modules.set(path, module);
    const required = module.commonNames.flatMap(
      (node) => /^\w+(?:\.resolve)?\(['"]([^'"]+)['"]/.exec(node.parent.parent.getText())?.[1] ?? [],
    );
    const direct = module.commonNames.flatMap(
      (node) => /^require\(['"]([^'"]+)['"]/.exec(node.parent.getText())?.[1] ?? [],
    );
    for (const specifier of [...module.specifiers.map((one) => one.text), ...required, ...direct])
      if (!specifier.startsWith('.') && !isBuiltinName(specifier) && !packages.has(specifier))
        packages.set(specifier, await installedFacts(tree, manifest, specifier));
  }
  const paths = new Set(tree.paths);
  return { modules, has: (path) => paths.has(path), packages, node: nodeAbilities(fields), hasInterop, hasMetadata };
}

/** Reads a planned file once more: each relative specifier names the file that the compiler writes for one that is there. */
function unreached({ path }: TypedModule, text: string, world: TypedWorld): readonly Refusal[] {
  const planned = typedModule(path, text);
  return planned.specifiers.flatMap((node) => {
    if (!node.text.startsWith('.')) return [];
    const base = joined(folderPath(path), node.text).replace(/\.js$/, '');
    const isThere =
      [`${base}.ts`, `${base}.tsx`, `${base}.d.ts`].some(world.has) || (/\.json$/.test(base) && world.has(base));
    const { kind } = typedTarget(planned, node.text, world);
    return isThere && kind !== 'unknown' ? [] : [refusalAt(planned, node, `${node.text} would not be reached`)];
  });
}

function unfit(refusals: readonly Refusal[]): UnfitPackage {
  const shown = refusals.slice(0, shownMax).map(({ place, why }) => `${place}: ${why}`);
  const more = refusals.length > shown.length ? `; and ${refusals.length - shown.length} more` : '';
  return new UnfitPackage(
    `What stands here cannot be proved equal as ES modules. Change it first: ${shown.join('; ')}${more}.`,
  );
}

/** JavaScript beside the sources stays CommonJS; what is built from the sources it cannot require any more. */
function scriptRefusals(world: World): readonly Refusal[] {
  return [...world.modules.values()].flatMap((module) =>
    module.requires.flatMap(({ specifier, node }) => {
      const isLost = specifier.startsWith('.') && requiredPath(module.path, specifier, world.files) === undefined;
      const line = module.source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      return isLost
        ? [
            {
              place: `${module.path}:${line}`,
              why: `it requires ${specifier}, which is no file of the tree; where it is compiled, it is an ES module then`,
            },
          ]
        : [];
    }),
  );
}

function cjs({ modules }: World): (path: string) => string {
  return (path) => (modules.has(path) && !path.endsWith('.cjs') ? `${path.replace(/\.jsx?$/, '')}.cjs` : path);
}

function keptScripts(world: World): TreeTransformed {
  const placeOf = cjs(world);
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  for (const [path, module] of world.modules) {
    const written = stayingText(module, { world, stays: new Map(), forms: new Map(), placeOf });
    const own = written.edits.map((edit) => ({ ...edit, text: withLineEndsOf(module.text, edit.text) }));
    if (own.length > 0) edits.push({ kind: 'edit', path, edits: own });
    const to = placeOf(path);
    if (to === path) continue;
    edits.push({ kind: 'move', path, to });
    const { why = 'it is JavaScript in a package of TypeScript', cure } = keptFate(world.toolFates.get(path));
    unresolved.push({
      path: to,
      offset: 0,
      length: 0,
      message: `${path} stays CommonJS, as ${to}: ${why}.`,
      ...(cure === undefined ? {} : { cure }),
    });
  }
  return { edits, unresolved };
}

/** JavaScript stays as it is here also where its tool would load an ES module. */
function keptFate(fate: ToolFate | undefined): Partial<ToolFate> {
  return fate === undefined || fate.kind === 'import' ? {} : fate;
}

/** Places in package.json as it is to be. */
function movedManifest(files: PackageFiles, edits: readonly TreeEdit[]): readonly TreeUnresolved[] {
  const { manifest } = files;
  const written = edits.find((one) => one.kind === 'write' && one.path === manifest.path);
  const text = written?.kind === 'write' ? written.text : manifest.text;
  return manifestFindings({ ...files, manifest: { ...manifest, text } });
}
