import ts from '../../../typescript.cts';
import type { CommonModule } from '../reading/common-module.ts';
import { type Effect, effectOf, isBuiltinName } from '../reading/effects.ts';
import type { PackageFacts } from '../reading/installed-package.ts';
import { requiredPath } from '../reading/node-path.ts';
import type { RequireCall } from '../reading/require-call.ts';
import type { World } from './world.ts';

/** What a require finds. */
export type Target =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'json'; readonly path: string | undefined }
  | { readonly kind: 'package'; readonly facts: PackageFacts }
  | { readonly kind: 'unknown' };

/** How a require is written in an ES module: as an import, as `await import()`, or as the require that it is, by createRequire. */
export type Way = 'static' | 'await' | 'require';

/** What a require of a file finds. Pure. */
export function targetOf({ path }: CommonModule, { specifier }: Pick<RequireCall, 'specifier'>, world: World): Target {
  if (/^\.\.?(\/|$)/.test(specifier)) {
    const found = requiredPath(path, specifier, world.files);
    if (found === undefined || found.endsWith('.node')) return { kind: 'unknown' };
    return found.endsWith('.json') ? { kind: 'json', path: found } : { kind: 'local', path: found };
  }
  // Jest makes the module `@jest/globals` itself, of names that its code does not show.
  if (isBuiltinName(specifier) || (specifier === '@jest/globals' && world.jest !== undefined))
    return { kind: 'builtin' };
  const facts = world.packages.get(specifier);
  if (facts === undefined) return { kind: 'unknown' };
  return facts.kind === 'json' ? { kind: 'json', path: undefined } : { kind: 'package', facts };
}

/** The strongest effect of the statements before one. */
export function effectBefore(module: CommonModule, end: number): Effect {
  const effects = module.source.statements.filter((one) => one.end <= end).map((one) => effectOf(one, module));
  if (effects.includes('strong')) return 'strong';
  return effects.includes('weak') ? 'weak' : 'none';
}

/** How a require is to be written. `isLoaded` says whether a file is loaded by then in any case. Pure. */
export function wayOf(
  module: CommonModule,
  call: RequireCall,
  { world, isLoaded }: { readonly world: World; readonly isLoaded: (path: string) => boolean },
): Way {
  const target = targetOf(module, call, world);
  const { moment, mayAwait } = call;
  switch (target.kind) {
    case 'builtin':
      return 'static';
    case 'unknown':
      return 'require';
    case 'json':
      return moment === 'load' && world.node.hasAttributes ? 'static' : 'require';
    case 'package':
      if (!isUsable(call, target.facts)) return 'require';
      break;
    case 'local':
      if (moment === 'later' && isLoaded(target.path)) return 'static';
      if (!world.modules.has(target.path) && !target.path.endsWith('.cjs')) return 'require';
  }
  if (moment === 'later') return mayAwait ? 'await' : 'require';
  // A module that awaits lets those that are imported after it go first: only one that nothing imports may do so unseen.
  const late = world.mayAwait(module.path) ? 'await' : 'require';
  if (moment === 'condition') return asksForCode(call) ? 'require' : late;
  return effectBefore(module, call.statement.pos) === 'strong' ? late : 'static';
}

/** The error for a module that is not there has another code under `import`. */
function asksForCode({ node }: RequireCall): boolean {
  const held = ts.findAncestor(node, (one) => ts.isTryStatement(one));
  return held !== undefined && /MODULE_NOT_FOUND/.test(held.getText());
}

/** A package that gives `import` a module of its own has to have there what the file takes of it. */
function isUsable({ binding }: RequireCall, facts: PackageFacts): boolean {
  if (facts.kind === 'common') return true;
  if (binding.kind === 'effect') return true;
  if (binding.kind === 'names') return binding.names?.every(({ from }) => facts.names.has(from)) === true;
  if (binding.kind === 'member') return facts.names.has(binding.name);
  return (
    facts.isDual && facts.hasDefault && !facts.requiredNames.has('default') && !facts.requiredNames.has('__esModule')
  );
}
