import { applyEdits, type Edited } from '../../engine/apply-edits.ts';
import { declaredNames } from '../../engine/declared-names.ts';
import { homesIn } from '../../engine/homes.ts';
import { type TypedTree, typedTree } from '../../engine/typed-tree.ts';
import type { RecipeContext, TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { folderPath } from '../../text/search-text.ts';
import { joined, relativeFrom } from '../../tree/tree-path.ts';
import { type ConvertedFile, convertFile } from './convert-file.ts';
import { premiseMeanings } from './equal/fit.ts';
import type { Outlook } from './flow/decide-groups.ts';
import { type MomentPackage, packageRefusals, placeOf, readMomentPackage } from './reading/moment-package.ts';
import { changedImports } from './writing/import-line.ts';
import { localModule } from './writing/local-module.ts';
import { changedManifest } from './writing/manifest.ts';
import { moduleSource, pluginsIn } from './writing/module-source.ts';

/** Makes values of Day.js of all that is proven the same, package by package, and names the rest. */
export async function convert(tree: TreeView, { params }: Pick<RecipeContext, 'params'>): Promise<TreeTransformed> {
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  const homes = await homesIn(tree);
  const packages: MomentPackage[] = [];
  for (const home of homes.values()) packages.push(await readMomentPackage(tree, home, homes));
  const texts = new Map(packages.flatMap((one) => [...one.texts]));
  const naming = packages.filter((one) => one.naming.length > 0 || one.named.length > 0);
  if (naming.length === 0) return { edits, unresolved };
  const typed = typedTree(texts, { roots: naming.flatMap((one) => [...one.naming]), before: undefined });
  const granted = new Set((params.assume ?? '').split(/[\s,]+/).filter((one) => one !== ''));
  unresolved.push(...unknownPremises(granted, naming));
  const outlook: Outlook = {
    granted,
    otherLanguage: placeOf(texts, otherLanguage),
    stubbedNow: placeOf(texts, stubbedNow),
  };
  for (const one of naming) {
    const done = await convertPackage(one, { tree, typed, outlook });
    edits.push(...done.edits);
    unresolved.push(...done.unresolved);
  }
  return { edits, unresolved };
}

function unknownPremises(granted: ReadonlySet<string>, [first]: readonly MomentPackage[]): readonly TreeUnresolved[] {
  const known = Object.keys(premiseMeanings);
  return [...granted]
    .filter((one) => !known.includes(one))
    .map((one) => ({
      path: joined(first?.home.path ?? '.', 'package.json'),
      offset: 0,
      length: 0,
      message: `\`${one}\` is no premise of this recipe.`,
      cure: `Those that can be granted are ${known.join(', ')}.`,
    }));
}

const otherLanguage =
  /\.(locale|lang)\((?!\s*(\)|["'`]en["'`]\s*\)))|\.(updateLocale|defineLocale)\(|["'`]moment\/(locale|min)\/|\.relativeTime(Threshold|Rounding)\(/;
const stubbedNow = /\bDate\.now\s*=(?!=)|\b(spyOn|stub|replace\w*)\(\s*(global(This)?\.)?Date,\s*["'`]now["'`]/;

type Surroundings = { readonly tree: TreeView; readonly typed: TypedTree; readonly outlook: Outlook };

async function convertPackage(source: MomentPackage, { tree, typed, outlook }: Surroundings): Promise<TreeTransformed> {
  const refusals = packageRefusals(source);
  if (refusals.length > 0) return { edits: [], unresolved: refusals };
  const read = (taken: string | undefined, only?: ReadonlySet<string>): readonly ConvertedFile[] =>
    source.naming.flatMap((path) => {
      const file = typed.sourceOf(path);
      if (file === undefined) return [];
      const own = only?.has(path) === false ? taken : nameTaken(file.text, declaredNames(file));
      return [convertFile(path, file, { checker: typed.checker, outlook, taken: own })];
    });
  let files = read(undefined);
  const hasTypes = files.some((file) => file.edits.length > 0 && isTypeScript(file.path));
  if (hasTypes)
    files = read(
      'the local module of this package is written in TypeScript, and this file is JavaScript',
      new Set(source.naming.filter(isTypeScript)),
    );
  const changed = files.filter((file) => file.edits.length > 0);
  const untouched = files.filter((file) => file.edits.length === 0);
  const unresolved: TreeUnresolved[] = untouched.flatMap((file) => leftIn(file, applyEdits(file.source.text, [])));
  if (changed.length === 0) return { edits: [], unresolved };
  const module = localModule(source, changed);
  const before = (await tree.read(module.path))?.text;
  const plugins = before === undefined ? new Set<never>() : pluginsIn(before);
  if (plugins === undefined)
    return {
      edits: [],
      unresolved: changed.map(({ path }) => ({
        path,
        offset: 0,
        length: 0,
        message: `moment stays in this file: ${module.path} is there already.`,
        symbol: 'moment',
      })),
    };
  const all = new Set([...plugins, ...changed.flatMap((file) => [...file.plugins])]);
  const edits: TreeEdit[] = [{ kind: 'write', path: module.path, text: moduleSource(module.form, all, module.style) }];
  const texts = new Map(source.texts);
  for (const file of changed) {
    const specifier = module.specifierIn(relativeFrom(folderPath(file.path), module.path), file.path);
    const imports = changedImports(file, { specifier, checker: typed.checker });
    const edited = applyEdits(file.source.text, [...file.edits, ...imports]);
    texts.set(file.path, edited.text);
    edits.push({ kind: 'write', path: file.path, text: edited.text });
    unresolved.push(...leftIn(file, edited));
  }
  const manifest = manifestChange(source, texts);
  return { edits: [...edits, ...manifest.edits], unresolved: [...unresolved, ...manifest.unresolved] };
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

/** Why the name of Day.js cannot be used in a file. */
function nameTaken(text: string, declared: ReadonlySet<string>): string | undefined {
  const isOurs = /\{ dayjs \}( from| = require\()\s*["'`]\.{1,2}\//.test(text);
  return declared.has('dayjs') && !isOurs ? '`dayjs` is a name of this file' : undefined;
}

/** What is left of a file, with places in its new text. */
function leftIn({ path, left }: ConvertedFile, edited: Edited): readonly TreeUnresolved[] {
  const lineAt = (offset: number): number => edited.text.slice(0, edited.moved(offset)).split('\n').length;
  return left
    .map(({ node, message, because }) => {
      const at = node.getStart();
      const reason = because === undefined ? at : because.getStart();
      const where = lineAt(reason) === lineAt(at) ? '.' : ` (line ${lineAt(reason)}).`;
      return {
        path,
        offset: edited.moved(at),
        length: edited.moved(node.end) - edited.moved(at),
        message: because === undefined ? message : `${message}${where}`,
        cure: 'Leave it, write it in a form that is proven (docs/moment-to-dayjs.md), or grant the premise: both libraries can live side by side.',
        symbol: 'moment',
      };
    })
    .toSorted((one, other) => one.offset - other.offset);
}

/** moment goes when no text of the package, no other file and no other dependency asks for it. */
function manifestChange(source: MomentPackage, texts: ReadonlyMap<string, string>): TreeTransformed {
  const isNamed = [...texts.values()].some((text) => /["'`]moment(\/[^"'`\s]*)?["'`]/.test(text));
  const holders = [...source.named, ...source.companions];
  const text = changedManifest(source.manifest, { isGone: !isNamed && holders.length === 0 });
  const path = joined(source.home.path, 'package.json');
  const held: readonly TreeUnresolved[] =
    isNamed || holders.length === 0
      ? []
      : [
          {
            path,
            offset: Math.max(text.indexOf('"moment"'), 0),
            length: '"moment"'.length,
            message: `moment stays in package.json for ${holders.join(', ')}; no source names it any more.`,
            cure: 'Take it out there first, then out of package.json.',
            symbol: 'moment',
          },
        ];
  return { edits: text === source.manifest ? [] : [{ kind: 'write', path, text }], unresolved: held };
}
