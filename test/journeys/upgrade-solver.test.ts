import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inspectTree } from '#code/inspect';
import { openRegistry } from '#code/registry/registry';
import { manifestChanges } from '#code/upgrade/manifest-edits';
import { planUpgrade } from '#code/upgrade/plan-upgrade';
import { parseOverride, parseWishes } from '#code/upgrade/wishes';
import { manifestOf } from '../support/plan-upgrade.ts';
import { makeTree } from '../support/tree.ts';
import { inTurn } from '../support/turn.ts';

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
const { signal } = new AbortController();
const nodeInUse = process.versions.node;

/**
 * Plans against the registry of this machine and lets npm judge every hop: it must resolve the tree without --force or
 * --legacy-peer-deps, and lock exactly the versions that the plan says.
 */
async function judgedByNpm(files: Readonly<Record<string, string>>, wish: string, overrides: readonly string[] = []) {
  const tree = await makeTree(files);
  try {
    const { root } = tree;
    const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => undefined);
    await install(root);
    const registry = await openRegistry({ root, env: process.env, signal });
    const openIt = async () => registry;
    const options = { root, nodeInUse, signal, tests: undefined, uses: undefined, openRegistry: openIt };
    const snapshot = await inspectTree(options);
    const wishes = parseWishes(wish);
    const path = await planUpgrade({
      wishes,
      snapshot,
      read,
      registry,
      nodeInUse,
      signal,
      overrides: overrides.map(parseOverride),
    });
    for (const hop of path.hops) {
      for (const change of await manifestChanges(hop, read))
        await writeFile(join(root, change.path), change.after ?? '');
      await install(root, ...(overrides.length === 0 ? ['--strict-peer-deps'] : []));
      const { packages } = lockSchema.parse(JSON.parse((await read('package-lock.json')) ?? '{}'));
      const wrong = hop.changes.filter(({ name, to }) => packages[`node_modules/${name}`]?.version !== to);
      expect([hop.id, wrong.map(({ name }) => name)]).toEqual([hop.id, []]);
    }
    return path;
  } finally {
    await tree.remove();
  }
}

async function install(cwd: string, ...more: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', ['install', '--package-lock-only', ...quiet, ...more], { cwd });
}

const trees: readonly (readonly [string, () => Promise<void>])[] = [
  [
    'React 16 → 19',
    async () => {
      const files = manifestOf(
        { react: '^16.14.0', 'react-dom': '^16.14.0', 'react-router-dom': '^5.3.0' },
        {
          '@types/react': '^16.14.0',
          '@types/react-dom': '^16.9.0',
          '@testing-library/react': '^12.0.0',
          typescript: '~5.3.0',
        },
      );
      const { hops } = await judgedByNpm(files, 'react@19');
      expect(hops.at(-1)?.lead).toMatchObject({ name: 'react', to: expect.stringMatching(/^19\./) });
      expect(hops.length).toBeGreaterThanOrEqual(3);
    },
  ],

  [
    'Express 4 → 5',
    async () => {
      const { hops } = await judgedByNpm(
        manifestOf({ express: '^4.18.2' }, { '@types/express': '^4.17.0' }),
        'express@5',
      );
      expect(hops.map(({ changes }) => changes.map(({ name }) => name))).toEqual([['express', '@types/express']]);
    },
  ],

  [
    'ESLint 8 → 9 past a configuration that refuses it, with an override',
    async () => {
      const files = manifestOf(
        {},
        {
          eslint: '^8.57.0',
          'eslint-config-airbnb': '^19.0.4',
          'eslint-plugin-import': '^2.32.0',
          'eslint-plugin-jsx-a11y': '^6.10.0',
          'eslint-plugin-react': '^7.37.0',
          'eslint-plugin-react-hooks': '^4.6.0',
        },
      );
      const overrides = [
        'eslint-config-airbnb>eslint=^9:its rules are read through the compatibility layer',
        'eslint-config-airbnb>eslint-plugin-react-hooks=^5:only its rules are named',
      ];
      const { hops } = await judgedByNpm(files, 'eslint@9', overrides);
      expect(hops.at(-1)?.overrides.map(({ wanter, name }) => `${wanter}>${name}`)).toContain(
        'eslint-config-airbnb>eslint',
      );
    },
  ],

  [
    'everything',
    async () => {
      const files = manifestOf(
        { express: '^4.18.0', zod: '~3.20.0', chalk: '^4.1.0', uuid: '^8.3.2' },
        { '@types/express': '^4.17.0', '@types/uuid': '^8.3.0', '@types/node': '^18.0.0', typescript: '~5.3.0' },
      );
      const { hops } = await judgedByNpm(files, 'all');
      expect(hops.map(({ lead }) => lead.name)).toEqual(expect.arrayContaining(['express', 'zod', 'chalk', 'uuid']));
    },
  ],

  [
    'ESLint 8 → 9 with typescript-eslint 5 and plugins',
    async () => {
      const files = manifestOf(
        {},
        {
          eslint: '^8.57.0',
          '@typescript-eslint/parser': '^5.62.0',
          '@typescript-eslint/eslint-plugin': '^5.62.0',
          'eslint-plugin-import': '^2.29.0',
          'eslint-plugin-react-hooks': '^4.6.0',
          'eslint-plugin-jsx-a11y': '6.7.1',
          typescript: '~5.1.6',
        },
      );
      const { hops } = await judgedByNpm(files, 'eslint@9');
      expect(hops.at(-1)?.lead.to).toMatch(/^9\./);
    },
  ],

  [
    'TypeScript 5 → 7, beside 6 for who calls the compiler',
    async () => {
      const files = manifestOf(
        {},
        {
          typescript: '^5.4.5',
          'typescript-eslint': '^8.0.0',
          eslint: '^9.0.0',
          'ts-jest': '^29.1.0',
          jest: '^29.7.0',
        },
      );
      const { hops } = await judgedByNpm(files, 'typescript@7');
      expect(hops.at(-1)?.findings.map(({ rule }) => rule)).toContain('package/side-by-side');
    },
  ],

  [
    'Jest 27 → 30',
    async () => {
      const files = manifestOf(
        {},
        {
          jest: '^27.5.1',
          'ts-jest': '^27.1.5',
          'babel-jest': '^27.5.1',
          '@types/jest': '^27.5.2',
          typescript: '^4.9.5',
        },
      );
      expect((await judgedByNpm(files, 'jest@30')).hops).toHaveLength(3);
    },
  ],
];

describe('npm takes every hop as it is planned', () => {
  it.each(inTurn(trees, 3))('%s', (_, judged) => judged());
});
