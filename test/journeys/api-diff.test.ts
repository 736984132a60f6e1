import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Prediction, predictBreaks } from '#code/api/predict-breaks';
import { registryOptions } from '#code/registry/registry-options';

const cases = join(import.meta.dirname, '../trees/api-diff');

/** Predicts for a tree of test/trees/api-diff as on a fresh checkout: nothing is installed, everything is fetched. */
async function predictedFor(
  name: string,
  upgrades: readonly (readonly [string, string, string])[],
): Promise<Prediction> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-api-'));
  try {
    await cp(join(cases, name), root, { recursive: true });
    const files = (await readdir(join(root, 'src'))).map((file) => `src/${file}`);
    return await predictBreaks({
      root,
      files,
      configs: ['tsconfig.json'],
      upgrades: upgrades.map(([dependency, from, to]) => ({ name: dependency, from, to })),
      registryOptions: await registryOptions({ root, env: process.env, yarnrc: undefined }),
      signal: AbortSignal.timeout(300_000),
      nowMs: () => performance.now(),
      budgetMs: 240_000,
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function told({ findings }: Prediction): readonly string[] {
  return findings.map(({ file, line, rule, symbol }) => `${file}:${line} ${rule} ${symbol}`);
}

it('chalk 4 → 5, from the real registry', async () => {
  const prediction = await predictedFor('chalk', [['chalk', '4.1.2', '5.6.2']]);
  const lines = told(prediction).join('\n');
  for (const member of ['keyword', 'hsl', 'hwb', 'Instance', 'supportsColor', 'stderr'])
    expect(lines).toContain(member);
  expect(lines).not.toMatch(/\b(red|blue|hex|bold)\b/);
  expect(prediction.facts.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['package/esm-only', 'package/engine-raised']),
  );
  expect(prediction.unknown).toEqual([]);
});

it('Express 4 → 5 in plain JavaScript: its companion in @types is fetched, and so is what its code assigns', async () => {
  const prediction = await predictedFor('express-commonjs', [['express', '4.18.2', '5.1.0']]);
  expect(told(prediction)).toEqual([
    expect.stringMatching(/^src\/server\.js:9 api\/member-removed .*\bparam$/),
    expect.stringMatching(/^src\/server\.js:12 api\/(member-removed|renamed) .*\bsendfile$/),
    expect.stringMatching(/^src\/server\.js:14 api\/member-removed .*\bdel$/),
  ]);
});
