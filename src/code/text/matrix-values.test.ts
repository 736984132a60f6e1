// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { raiseNodes } from '../../../test/support/raise-nodes.ts';

const path = '.github/workflows/ci.yml';
const job = (matrix: string, rest: string, name = 'test') =>
  `  ${name}:\n    strategy:\n      matrix:\n        node: ${matrix}\n${rest}`;
const step = (condition: string) => `    steps:\n      - if: ${condition}\n        run: a\n`;
const workflow = (...jobs: readonly string[]) => `jobs:\n${jobs.join('')}`;

it.each([
  // What is compared is what stands in the matrix afterwards, in kind and text.
  ["[18, '20.x', 22]", "${{ matrix.node == '20.x' }}", '[24]', '${{ matrix.node == 24 }}'],
  ["['18.x', 20]", 'matrix.node == 20', "['24.x']", "matrix.node == '24.x'"],
  ['["18", "20"]', "matrix.node == '20'", '["24"]', "matrix.node == '24'"],
  ["['18', '20']", 'matrix.node == 20', "['24']", 'matrix.node == 24'],
  ['[18.x, 20.x]', "matrix['node'] == '20.x'", '[24.x]', "matrix['node'] == '24.x'"],
  ["[18, '24.x']", 'matrix.node == 18', "['24.x']", "matrix.node == '24.x'"],
  ["['20.x']", "'20.x' == matrix.node", "['24.x']", "'24.x' == matrix.node"],
  ["['20.x', 26]", "matrix.node != '20.x'", "['24.x', 26]", "matrix.node != '24.x'"],
  ["[18, '20.x']", 'matrix.node == 22', '[24]', 'matrix.node == 24'],
])('matrix %s with %s', async (matrix, condition, matrixAfter, conditionAfter) => {
  const { after, left } = await raiseNodes({ [path]: workflow(job(matrix, step(condition))) });
  expect(after[path]).toBe(workflow(job(matrixAfter, step(conditionAfter))));
  expect(left).toEqual([]);
});

it('a condition follows the matrix of its own job', async () => {
  const condition = step("matrix.node == '20.x'");
  const before = workflow(job("['20.x']", condition), job("[18, '20.x']", condition, 'other'));
  const { after } = await raiseNodes({ [path]: before });
  const one = job("['24.x']", step("matrix.node == '24.x'"));
  expect(after[path]).toBe(workflow(one, job('[24]', step('matrix.node == 24'), 'other')));
});

it('what is added to an entry is added to it afterwards too', async () => {
  const more = (value: string) => `        include:\n          - node: ${value}\n            coverage: true\n`;
  const { after, left } = await raiseNodes({ [path]: workflow(job("[18, '20.x']", more("'20.x'"))) });
  expect(after[path]).toBe(workflow(job('[24]', more('24'))));
  expect(left).toEqual([]);
});

it.each([
  // With `!= 24` it would run nowhere.
  ['matrix.node != 18', '[18, 20]', '[24]'],
  ["startsWith(matrix.node, '18')", "['18.x']", "['24.x']"],
])('%s is left and named', async (condition, matrix, matrixAfter) => {
  const { after, left } = await raiseNodes({ [path]: workflow(job(matrix, step(condition))) });
  expect(after[path]).toBe(workflow(job(matrixAfter, step(condition))));
  expect(left).toEqual([`${path}:7`]);
});

it('what a matrix in one line leaves out is left and named', async () => {
  const before = `jobs:\n  test:\n    strategy: { matrix: { node: [18, 20], exclude: [{ node: 18, os: x }] } }\n`;
  const { after, left } = await raiseNodes({ [path]: before });
  expect(after[path]).toBe(before.replace('[18, 20]', '[24]'));
  expect(left).toEqual([`${path}:3`]);
});

it('numbers of parts are no versions', async () => {
  const before = workflow(job('[1, 2, 3, 4]', step('matrix.node == 1')));
  expect(await raiseNodes({ [path]: before })).toMatchObject({ after: { [path]: before }, left: [] });
});
