import type { Grants } from '../jssg/protocol.ts';
import type { CodemodPackage } from './codemod-package.ts';

/** One thing that a package wants beyond reading the tree and changing it, and which part of it says so. */
export type Ask = { readonly grant: keyof Grants; readonly by: string };

const grantOf: Readonly<Record<string, keyof Grants>> = { fs: 'files', fetch: 'network', child_process: 'run' };

/** Everything that a package asks for. What `skip` leaves out asks for nothing. */
export function asksOf({ manifest, workflow }: CodemodPackage, skip: ReadonlySet<string>): readonly Ask[] {
  const nodes = workflow.nodes.filter(({ id }) => !skip.has(id));
  const stepAsks = nodes.flatMap(({ id, steps }) =>
    steps.flatMap((step): readonly Ask[] => {
      const by = `${id}: ${step.name}`;
      if (step.run !== undefined) return [{ grant: 'run', by }];
      return (step['js-ast-grep']?.capabilities ?? []).flatMap((name) => askFor(name, by));
    }),
  );
  const isAnyJs = nodes.some(({ steps }) => steps.some((step) => step['js-ast-grep'] !== undefined));
  const own = isAnyJs ? manifest.capabilities.flatMap((name) => askFor(name, 'codemod.yaml')) : [];
  return [...own, ...stepAsks];
}

function askFor(name: string, by: string): readonly Ask[] {
  const grant = grantOf[name];
  return grant === undefined ? [] : [{ grant, by }];
}
