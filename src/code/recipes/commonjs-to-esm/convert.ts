import { applyEdits } from '../../engine/apply-edits.ts';
import { withLineEndsOf } from '../../engine/line-ends.ts';
import type { TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { joined } from '../../tree/tree-path.ts';
import { type Forms, formsOf } from './deciding/forms.ts';
import { readWorld } from './deciding/read-world.ts';
import { type Stay, type Stays, staysOf } from './deciding/stays.ts';
import type { Open, World, Written } from './deciding/world.ts';
import { dualPackage } from './dual/dual-package.ts';
import { type PackageFiles, packageFiles, UnfitPackage } from './reading/package-files.ts';
import { convertTyped } from './typescript/convert-typed.ts';
import { withExports } from './writing/exports-map.ts';
import { moduleText } from './writing/module-text.ts';
import { otherFiles } from './writing/other-files.ts';
import { flawsOf, placeOfFault } from './writing/proof.ts';
import { stayingText } from './writing/staying-text.ts';
import { staysNote } from './writing/stays-note.ts';
import { usersFinding } from './writing/users.ts';

const roundsMax = 20;

type Wish = {
  /** Folder of the package. */
  readonly home: string;
  /** Publish ES modules beside CommonJS, and leave that as it is. */
  readonly isDual: boolean;
  /** What becomes of a package without an `exports` map: see withExports. */
  readonly exports: string;
};

/** Turns one package of CommonJS into ES modules, or throws UnfitPackage; never half of it. */
export async function convert(tree: TreeView, wish: Wish): Promise<TreeTransformed> {
  const { home, isDual } = wish;
  const turned = await turnedPackage(tree, wish);
  if (isDual || wish.exports === 'keep') return turned;
  const path = joined(home, 'package.json');
  const moved = new Map(turned.edits.flatMap((one) => (one.kind === 'move' ? [[one.path, one.to] as const] : [])));
  const folder = home === '.' ? '' : `${home}/`;
  const paths = tree.paths
    .map((one) => moved.get(one) ?? one)
    .flatMap((one) => (one.startsWith(folder) ? [one.slice(folder.length)] : []));
  const isTyped = paths.includes('tsconfig.json');
  const edits = turned.edits.map((edit) =>
    edit.kind === 'write' && edit.path === path
      ? { ...edit, text: withExports(edit.text, { exports: wish.exports, paths, isTyped }) }
      : edit,
  );
  return { ...turned, edits };
}

async function turnedPackage(tree: TreeView, wish: Wish): Promise<TreeTransformed> {
  const { home, isDual } = wish;
  const files = await packageFiles(tree, home);
  if (files.manifest.fields.type === 'module') return { edits: [], unresolved: [] };
  checkExports(files, wish);
  if (isDual) return dualPackage(tree, files, home);
  if (files.typed.length > 0) return convertTyped(tree, files, home);
  const mocked = [...files.modules.values()].flatMap(({ path, text }) =>
    /\bjest\.(mock|doMock|unmock|setMock)\(/.test(text) ? [path] : [],
  );
  if (mocked.length > 0)
    throw new UnfitPackage(
      `jest.mock in ${mocked.slice(0, 5).join(', ')}${mocked.length > 5 ? ` and ${mocked.length - 5} more` : ''} replaces what require finds, and Jest neither hoists it nor applies it to the imports of ES modules. Plan both steps, \`godwit plan --recipe jest-to-vitest --recipe commonjs-to-esm\`: Vitest mocks what is imported. Or hand dependencies in first.`,
    );
  let modules = files.modules;
  for (let round = 0; round < roundsMax; round += 1) {
    const world = await readWorld(tree, { ...files, modules }, home);
    const made = await madeOf(world, files, tree);
    if ('result' in made) return made.result;
    modules = new Map(
      [...modules].map(([path, module]) => {
        const why = made.unsound.get(path);
        return [
          path,
          why === undefined ? module : { ...module, hindrances: [{ node: placeOfFault(module, why), why }] },
        ];
      }),
    );
  }
  throw new UnfitPackage('Too many files cannot be read as ES modules.');
}

/** An option that would do nothing is refused. */
function checkExports({ manifest: { path, fields } }: PackageFiles, { isDual, exports }: Wish): void {
  if (exports === 'keep') return;
  const option = `--recipe-option exports=${exports}`;
  if (isDual)
    throw new UnfitPackage(
      `${option} has no part in dual=true, which makes an \`exports\` map of its own: one that leaves open what is open today. Leave out one of the two.`,
    );
  if (fields.exports !== undefined)
    throw new UnfitPackage(
      `${path} has an \`exports\` map already, and ${option} makes one only where there is none. Leave the option out: the map stays, and follows files that are renamed.`,
    );
  if (fields.private === true)
    throw new UnfitPackage(
      `${path} is private, and ${option} makes a map for those who install the package. Leave the option out.`,
    );
}

type Made = { readonly result: TreeTransformed } | { readonly unsound: ReadonlyMap<string, string> };

/** The whole of it for one choice of files that stay; or the files that turn out to be no strict modules. */
async function madeOf(world: World, files: PackageFiles, tree: TreeView): Promise<Made> {
  const stays = staysOf(world);
  const forms = formsOf(world, stays);
  const placeOf = placesOf(files, stays);
  if (forms.size === 0)
    throw new UnfitPackage(
      `No file can become an ES module: ${[...stays]
        .slice(0, 3)
        .map(([path, { why }]) => `${path}: ${why}`)
        .join('; ')}.`,
    );
  const written = new Map<string, Written>();
  for (const [path, module] of world.modules) {
    const form = forms.get(path);
    const writes = { world, stays, forms, placeOf };
    const { edits, open } = form === undefined ? stayingText(module, writes) : moduleText(module, form, writes);
    const own = edits.map((edit) => ({ ...edit, text: withLineEndsOf(module.text, edit.text) }));
    written.set(path, { edits: own, open });
  }
  const planned = [...forms.keys()].flatMap((path) => {
    const [module, one] = [world.modules.get(path), written.get(path)];
    return module === undefined || one === undefined
      ? []
      : [{ module, path: placeOf(path), text: applyEdits(module.text, one.edits).text }];
  });
  const flaws = flawsOf(planned, { world, placeOf });
  const broken = flaws.find(({ kind }) => kind === 'reach');
  if (broken !== undefined) throw new Error(`${broken.path} would not be sound: ${broken.why}.`);
  if (flaws.length > 0) {
    const origin = new Map(planned.map(({ module, path }) => [path, module.path]));
    return { unsound: new Map(flaws.map(({ path, why }) => [origin.get(path) ?? path, why])) };
  }
  return { result: await resultOf({ world, files, tree, stays, forms, written, placeOf }) };
}

/** Files that stay get the ending .cjs; scripts without ending, .js. */
function placesOf({ scripts }: PackageFiles, stays: Stays): (path: string) => string {
  const bare = new Set(scripts);
  return (path) => {
    if (stays.has(path)) return path.endsWith('.cjs') ? path : `${path.replace(/\.jsx?$/, '')}.cjs`;
    return bare.has(path) ? `${path}.js` : path;
  };
}

type All = {
  readonly world: World;
  readonly files: PackageFiles;
  readonly tree: TreeView;
  readonly stays: Stays;
  readonly forms: Forms;
  readonly written: ReadonlyMap<string, Written>;
  readonly placeOf: (path: string) => string;
};

async function resultOf(all: All): Promise<TreeTransformed> {
  const { world, files, tree, stays, forms, written, placeOf } = all;
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  const reported = (open: Open, one: Written | undefined, text: string): TreeUnresolved => {
    const { moved } = applyEdits(text, one?.edits ?? []);
    const [start, end] = [moved(open.offset), moved(open.offset + open.length)];
    return { ...open, path: placeOf(open.path), offset: start, length: Math.max(0, end - start) };
  };
  for (const [path, module] of world.modules) {
    const one = written.get(path);
    if (one === undefined) continue;
    if (one.edits.length > 0) edits.push({ kind: 'edit', path, edits: one.edits });
    if (placeOf(path) !== path) edits.push({ kind: 'move', path, to: placeOf(path) });
    unresolved.push(...one.open.map((open) => reported(open, one, module.text)));
    const stay = stays.get(path);
    if (stay !== undefined && placeOf(path) !== path) unresolved.push(stayFinding(path, stay, all, reported));
  }
  const others = await otherFiles(tree, {
    world,
    placeOf,
    manifest: files.manifest.path,
    usesJest: world.jest !== undefined,
  });
  const manifest = others.edits.find((one) => one.kind === 'write' && one.path === files.manifest.path);
  const isEntryTurned = [...world.modules.keys()].some((path) => world.isEntry(path) && !stays.has(path));
  if (manifest?.kind === 'write' && isEntryTurned) unresolved.push(...usersFinding(manifest, { keepsValue: true }));
  const note = staysNote({ stays, forms, world });
  return { edits: [...edits, ...others.edits], unresolved: [...unresolved, ...others.unresolved], notes: [note] };
}

function stayFinding(
  path: string,
  { why, cure, at, offset, length }: Stay,
  { world, written, placeOf }: All,
  reported: (open: Open, one: Written | undefined, text: string) => TreeUnresolved,
): TreeUnresolved {
  const module = world.modules.get(at);
  const isLost = world.jest !== undefined && /(^|\/)__tests__\/|[.-](test|spec)\.cjs$/.test(placeOf(path));
  const lost = isLost ? ' Jest looks for tests with this ending only where its `testMatch` names it.' : '';
  const message = `${path} stays CommonJS, as ${placeOf(path)}: ${why}.${lost}`;
  return reported(
    { path: at, offset, length, message, ...(cure === undefined ? {} : { cure }) },
    written.get(at),
    module?.text ?? '',
  );
}
