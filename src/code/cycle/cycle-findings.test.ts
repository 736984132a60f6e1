import { expect, it } from 'vitest';
import { studyCyclesOf } from '../../../test/support/split-files.ts';
import { cycleFindings } from './cycle-findings.ts';

const manifest = { 'package.json': '{"name":"x","type":"module"}' };

it('a cut that reads as the proposal does is not told as another one', async () => {
  const study = await studyCyclesOf({
    ...manifest,
    'a.js':
      "import { b } from './b.js';\nexport function all() { return b(); }\nexport function leaf() { return 1; }\n",
    'b.js': "import { leaf } from './a.js';\nexport function b() { return leaf(); }\n",
    'main.js': "import { all } from './a.js';\nall();\n",
  });
  const others = cycleFindings(study).filter(({ rule }) => rule === 'cycle/other-cut');
  for (const { message } of others) {
    const [, other, proposed] = /otherwise \(\d+\): (.*)\. Proposed is: (.*)\.$/.exec(message) ?? [];
    expect(other).not.toBe(proposed);
  }
  expect(new Set(others.map(({ message }) => message)).size).toBe(others.length);
});

it('a place of a link that is left has one line, and one full stop', async () => {
  const study = await studyCyclesOf({
    ...manifest,
    'a.js':
      "import { b } from './b.js';\nexport function f() { return b(); }\nf.calls = 0;\nexport const state = b();\nexport const g = () => f.calls;\n",
    'b.js':
      "import { f, g } from './a.js';\nexport function b() { return typeof f + typeof g; }\nb.pre = f;\nb.post = g;\n",
  });
  const left = cycleFindings(study).filter(({ rule, line }) => rule === 'cycle/left' && line !== undefined);
  const places = left.map(({ file, line }) => `${file}:${line}`);
  expect(places.length).toBeGreaterThan(0);
  expect(new Set(places).size).toBe(places.length);
  for (const { message } of left) expect(message).not.toContain('..');
});
