import { type CommonModule, isRebound, wholeUse } from '../reading/common-module.ts';
import { type NamedShape, namedShape } from '../reading/export-shape.ts';
import type { RequireCall } from '../reading/require-call.ts';
import { isTarget } from '../reading/scope.ts';
import { converting, type Stays } from './stays.ts';
import { targetOf } from './target.ts';
import { waysOf } from './ways.ts';
import type { World } from './world.ts';

/**
 * What the exports of a file become. `named`: names alone, or with a default that holds them all. `value`: a default, from
 * `module.exports = …`. `object`: a default, from an object that the file fills. `shim`: the same with `module` declared in it,
 * where what it does with that has no other form. `none`: nothing.
 */
export type Form =
  | { readonly kind: 'named'; readonly shape: NamedShape; readonly hasDefault: boolean }
  | { readonly kind: 'value' }
  | { readonly kind: 'object' }
  | { readonly kind: 'shim' }
  | { readonly kind: 'none' };

export type Forms = ReadonlyMap<string, Form>;

/** What becomes of the exports of each file that is turned into an ES module. Pure. */
export function formsOf(world: World, stays: Stays): Forms {
  const modules = converting(world, stays);
  const shapes = new Map(modules.map((module) => [module.path, writableShape(module, world)]));
  // A tool takes the default of its configuration.
  const whole = new Set(modules.map(({ path }) => path).filter((path) => world.toolFates.has(path)));
  for (const module of modules) {
    for (const call of module.requires) {
      const target = targetOf(module, call, world);
      if (target.kind !== 'local' || whole.has(target.path)) continue;
      const names = new Set(shapes.get(target.path)?.exports.map(({ name }) => name));
      if (takesWhole(module, call, names)) whole.add(target.path);
    }
  }
  return new Map(
    modules.map((module) => {
      const form = formOf(module, {
        shape: shapes.get(module.path),
        isWhole: whole.has(module.path),
        isPublic: world.isPublic(module.path),
      });
      return [module.path, form];
    }),
  );
}

/** In `export { … }` stand names alone: what is required there has to be an import. */
function writableShape(module: CommonModule, world: World): NamedShape | undefined {
  const shape = namedShape(module);
  if (shape?.literal === undefined) return shape;
  const ways = waysOf(module, world);
  const isWritable = shape.exports.every(({ kind, value }) => {
    if (kind !== 'required') return true;
    const call = module.requires.find(({ node }) => node === value);
    return call !== undefined && ways.get(call)?.kind === 'static';
  });
  return isWritable ? shape : undefined;
}

/** True where a require takes the exports as one value, or a name that is not known to be there. */
function takesWhole(module: CommonModule, call: RequireCall, names: ReadonlySet<string>): boolean {
  const { binding, node } = call;
  if (isRebound(module, binding)) return true;
  switch (binding.kind) {
    case 'effect':
      return false;
    case 'value':
      return true;
    case 'member':
      return !names.has(binding.name) || isTarget(node.parent) || call.moment === 'later';
    case 'names':
      return binding.names?.every(({ from }) => names.has(from)) !== true;
    case 'whole': {
      const { members, isMutated, isPassed } = wholeUse(module, binding.name);
      return isMutated || isPassed || [...members].some((name) => !names.has(name));
    }
  }
}

type Known = { readonly shape: NamedShape | undefined; readonly isWhole: boolean; readonly isPublic: boolean };

function formOf({ exportUses }: CommonModule, { shape, isWhole, isPublic }: Known): Form {
  const uses = exportUses.filter(({ kind }) => kind !== 'marker');
  if (uses.length === 0) return isWhole || isPublic ? { kind: 'object' } : { kind: 'none' };
  if (shape !== undefined && !isWhole) return { kind: 'named', shape, hasDefault: isPublic };
  const wholes = uses.filter(({ kind }) => kind === 'whole');
  const [first] = wholes;
  if (first?.kind === 'whole') {
    const isFirst = uses.every(
      ({ kind, node }) => node === first.node || kind === 'alias' || node.getStart() > first.statement.end,
    );
    const usesExports = uses.some(({ kind, node }) => kind !== 'alias' && node.getText() === 'exports');
    const isPlain = wholes.length === 1 && isFirst && (first.isBoth || !usesExports);
    return isPlain && !uses.some((one) => one.kind === 'other' && isTarget(one.node))
      ? { kind: 'value' }
      : { kind: 'shim' };
  }
  const isFilled = uses.every((one) => one.kind !== 'other' || !isTarget(one.node));
  return isFilled ? { kind: 'object' } : { kind: 'shim' };
}
