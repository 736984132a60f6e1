import { isBuiltinName } from '../reading/builtin-modules.ts';
import type { CommonModule } from '../reading/common-module.ts';
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
