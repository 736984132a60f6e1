import { join } from 'node:path';
import { type InspectOptions, inspectTree } from '#code/inspect';
import { openRegistry } from '#code/registry/registry';
import type { TreeSnapshot } from '#code/snapshot';
import { makeTree } from './tree.ts';

type Choice = {
  readonly from?: Parameters<typeof makeTree>[1];
  readonly nodeInUse?: string;
  /** Address of a registry; none is asked without it. */
  readonly registry?: string;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
};

/** Makes a tree, inspects it and removes it. The registry's client reads no npmrc but the tree's own. */
export async function inspected(
  files: Readonly<Record<string, string | Uint8Array>>,
  choice: Choice = {},
): Promise<TreeSnapshot> {
  const { signal = new AbortController().signal, nodeInUse = '20.19.0', registry, env } = choice;
  const npmrc = registry === undefined ? {} : { '.npmrc': `registry=${registry}\n` };
  const tree = await makeTree({ ...npmrc, ...files }, choice.from);
  try {
    return await inspectTree({
      root: tree.root,
      nodeInUse,
      signal,
      tests: undefined,
      uses: undefined,
      ...registryOf(tree.root, { registry, env, signal }),
    });
  } finally {
    await tree.remove();
  }
}

function registryOf(
  root: string,
  choice: {
    readonly registry: string | undefined;
    readonly env: Choice['env'] | undefined;
    readonly signal: AbortSignal;
  },
): Pick<InspectOptions, 'openRegistry'> {
  const { registry, env, signal } = choice;
  if (registry === undefined) return { openRegistry: undefined };
  // The machine's own configuration and proxies have no say in a test.
  const alone = {
    HOME: root,
    NPM_CONFIG_USERCONFIG: join(root, 'no-user'),
    NPM_CONFIG_GLOBALCONFIG: join(root, 'no-global'),
    ...env,
  };
  return { openRegistry: (yarnrc) => openRegistry({ root, env: alone, signal, yarnrc }) };
}
