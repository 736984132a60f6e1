import { join } from 'node:path';
import { type Prediction, type PredictOptions, predictBreaks } from '#code/api/predict-breaks';
import { registryOptions } from '#code/registry/registry-options';
import { type Packages, startPackageServer } from './package-server.ts';
import { makeTree } from './tree.ts';

type Choice = {
  readonly packages: Packages;
  readonly tree: Readonly<Record<string, string>>;
  /** `name`, `from`, `to` of each. */
  readonly upgrades: readonly (readonly [name: string, from: string, to: string])[];
  readonly change?: Partial<PredictOptions>;
};

/** Makes a tree and a registry with packages, predicts what breaks in the tree, and removes both. */
export async function predicted({ packages, tree: files, upgrades, change }: Choice): Promise<Prediction> {
  const server = await startPackageServer(packages);
  const tree = await makeTree({ 'package.json': '{}', '.npmrc': `registry=${server.url}\n`, ...files });
  try {
    // The machine's own configuration and proxies have no say in a test.
    const env = {
      HOME: tree.root,
      NPM_CONFIG_USERCONFIG: join(tree.root, 'no-user'),
      NPM_CONFIG_GLOBALCONFIG: join(tree.root, 'no-global'),
    };
    const names = Object.keys(files).filter((file) => !file.includes('node_modules/'));
    return await predictBreaks({
      root: tree.root,
      files: names,
      configs: names.filter((file) => file.endsWith('tsconfig.json')),
      upgrades: upgrades.map(([name, from, to]) => ({ name, from, to })),
      registryOptions: await registryOptions({ root: tree.root, env, yarnrc: undefined }),
      signal: new AbortController().signal,
      nowMs: () => 0,
      budgetMs: 1,
      ...change,
    });
  } finally {
    await tree.remove();
    await server.close();
  }
}

/** Findings in one line each: where, which rule, which symbol. */
export function linesOf({ findings }: Prediction): readonly string[] {
  return findings.map(({ file, line, rule, symbol }) => `${file}:${line} ${rule} ${symbol}`).sort();
}
