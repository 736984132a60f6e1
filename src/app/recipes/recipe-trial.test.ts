import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runTransformTests } from '#code/recipe-tests/transform-tests';
import { tryTransform } from './recipe-trial.ts';

const home = mkdtempSync(join(tmpdir(), 'godwit-trial-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const env = { PATH: process.env.PATH, HOME: process.env.HOME };
const { signal } = new AbortController();
const cases = ['one', 'two', 'three'].map((name) => ({ name, before: 'old();\n', after: 'now();\n' }));
const endless = {
  module: 'while (true) {}\nexport default function transform() { return null; }\n',
  transform: 'export default function transform() { while (true) {} }\n',
};

it.each(Object.entries(endless))(
  'a loop without end in the %s that a model sent is ended, and told',
  async (_, source) => {
    const place = { language: 'typescript', extension: '.ts', env, signal, temporaryDirectory: home, timeoutMs: 3_000 };
    const began = performance.now();
    const report = await tryTransform(source, cases, place);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(report).toMatchObject({ passed: 0, failed: 1 });
    expect(report.cases[0]?.detail).toContain('It took longer than 3 s on all cases together and was ended.');
    expect(readdirSync(home)).toEqual([]);
  },
);

it.each(Object.entries(endless))(
  'after a loop without end in the %s no further case of a person is run',
  async (_, source) => {
    const packageFolder = mkdtempSync(join(home, 'package-'));
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(packageFolder, path)), { recursive: true });
      writeFileSync(join(packageFolder, path), text);
    };
    write('scripts/codemod.ts', source);
    for (const { name, before, after } of cases) {
      write(`tests/${name}/input.ts`, before);
      write(`tests/${name}/expected.ts`, after);
    }
    const results = await runTransformTests(
      {
        script: join(packageFolder, 'scripts/codemod.ts'),
        packageFolder,
        testFolder: join(packageFolder, 'tests'),
        language: 'typescript',
        filter: undefined,
        strictness: 'strict',
        isSpaceIgnored: false,
        expectErrors: [],
        isWorkspace: false,
        timeoutMs: 1_500,
      },
      { grants: { files: false, run: false, network: false }, env, memoryMb: 512, signal },
    );
    const details = results.map(({ detail }) => detail ?? '');
    expect(details[0]).toMatch(/It took longer than (1\.5|6) s and was stopped/);
    expect(details.slice(1)).toEqual(cases.slice(1).map(() => 'It was not run: a case before it took too long.'));
  },
);
