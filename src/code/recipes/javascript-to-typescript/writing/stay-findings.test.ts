import { expect, it } from 'vitest';
import { stayFindings } from './stay-findings.ts';

it('a process of a test that reads TypeScript then is named, at its line in the text of afterwards', () => {
  const code = "fork('src/cli.js', [], options)";
  const before = `run(() => ${code});\n`;
  const after = `// types\n${before}`;
  const place = { from: 'test/a.test.js', offset: 10, length: code.length, code, says: 'starts', cure: '' };
  const converted = {
    stays: new Map(),
    moves: new Map([
      ['src/b.js', 'src/b.ts'],
      ['test/a.test.js', 'test/a.test.ts'],
    ]),
    bases: new Map([['test/a.test.js', before]]),
    texts: new Map([['test/a.test.ts', after]]),
  };
  const found = stayFindings({ ...converted, tested: [{ place, reached: new Set(['src/cli.js', 'src/b.js']) }] });
  expect(found).toMatchObject([
    {
      path: 'test/a.test.ts',
      offset: after.indexOf(code),
      length: code.length,
      message: `\`${code}\` starts a process or a thread that reads TypeScript now: src/b.ts.`,
    },
  ]);
  expect(stayFindings({ ...converted, tested: [{ place, reached: new Set(['src/cli.js']) }] })).toEqual([]);
});
