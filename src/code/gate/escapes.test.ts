import { expect, it } from 'vitest';
import { escapesOf } from './escapes.ts';

function check(file: string, text: string): readonly string[] {
  return escapesOf(file, text).map(({ kind, line, column }) => `${kind} ${line}:${column}`);
}

it('finds any in types, and not in words, names or texts', () => {
  const text = `
const any = 'any'; // any
let a: any;
let b = a as any;
let c: Record<string, any[]> = {};
function f<T = any>(x: unknown): x is any { return x.any; }
`;
  expect(check('src/a.ts', text)).toEqual(['any 3:8', 'any 4:14', 'any 5:23', 'any 6:16', 'any 6:39']);
});

it('a module that is only named is any', () => {
  const text = "declare module 'old';\ndeclare module 'typed' {\n  export const a: number;\n}\n";
  expect(check('src/shims.d.ts', text)).toEqual(['any 1:1']);
});

it('finds comments that silence compiler and linters, and not what only looks like one', () => {
  const text = `// @ts-nocheck
/* eslint-disable no-console */
const a = '// @ts-ignore';
const b = \`
// eslint-disable-line
\`;
// @ts-ignore
foo();
/**
 * @ts-ignore counts only in the last line
 * @ts-expect-error */
bar(); // eslint-disable-line no-undef
// biome-ignore lint/suspicious/noExplicitAny: because
const r = /\\/\\/ @ts-ignore/;
// one may write @ts-ignore in a sentence
/* eslint no-console: "off" */
/* eslint no-console: "error" */
function f(/* @ts-ignore */ x) {}
`;
  expect(check('src/a.ts', text)).toEqual([
    'ts-nocheck 1:1',
    'lint-disable 2:1',
    'ts-ignore 7:1',
    'ts-expect-error 9:1',
    'lint-disable 12:8',
    'lint-disable 13:1',
    'lint-disable 16:1',
    'ts-ignore 18:12',
  ]);
});

it('knows the text of JSX from comments', () => {
  const text = `export const A = () => (
  <p>
    // @ts-ignore
    {/* @ts-expect-error */}
    {x /* eslint-disable-line */} // eslint-disable-line
    <b>x</b> // @ts-ignore
  </p>
);
`;
  expect(check('src/a.tsx', text)).toEqual(['ts-expect-error 4:6', 'lint-disable 5:8']);
});

it('finds tests that are held back, in files of tests', () => {
  const text = `
it.skip('a', () => {});
describe.skip.each([1])('b %d', () => {});
xit('c', () => {});
it('d', { skip: true }, () => {});
it('e', { skip: false }, () => {});
test.todo('f');
test.only('g', () => {});
test('h', async (t) => { t.skip('why'); });
it('i', function () { this.skip(); });
it.skipIf(process.platform === 'win32')('j', () => {});
list.skip(2);
expect(x).only('k');
test('l', { todo: 'later' }, () => {});
fit('m', () => {});
`;
  expect(check('src/a.test.js', text)).toEqual([
    'test-skip 2:1',
    'test-skip 3:1',
    'test-skip 4:1',
    'test-skip 5:1',
    'test-todo 7:1',
    'test-only 8:1',
    'test-skip 9:26',
    'test-skip 10:23',
    'test-skip 11:1',
    'test-todo 14:1',
    'test-only 15:1',
  ]);
  expect(check('src/a.js', text)).toEqual([]);
});

it('looks into the scripts of components at their own places', () => {
  const text =
    '<template><p>any: any</p></template>\n<script setup lang="ts">\n// @ts-ignore\nlet a: any;\n</script>\n';
  expect(check('src/A.vue', text)).toEqual(['ts-ignore 3:1', 'any 4:8']);
});

it('counts an Any of an annotation in quotes, so that one without them is no new one', () => {
  const quoted = 'from typing import Any\ndef f(x: "dict[str, Any]", y="Any") -> "list[Any] | Any": ...\n';
  expect(check('src/a.py', quoted)).toEqual(['any 2:21', 'any 2:46', 'any 2:53']);
  expect(check('src/a.py', quoted.replaceAll('"', ''))).toHaveLength(3);
});

it('counts an Any that bounds a type variable, wherever that is declared', () => {
  const old = 'from typing import Any, TypeVar\nF = TypeVar("F", bound=dict[str, Any])\nx = dict(bound=Any)\n';
  expect(check('src/a.py', old)).toEqual(['any 2:34']);
  expect(check('src/a.py', 'def f[F: dict[str, Any]](x: F) -> F: ...\n')).toHaveLength(1);
});

it('finds what gets around the checks of Python, and not what only looks like it', () => {
  const text = `# mypy: ignore-errors
from typing import Any
import pytest, unittest
from unittest import skip
a: Any = 1  # type: ignore[assignment]
b = "x: Any  # noqa"
def f(x: dict[str, Any]) -> None:  # noqa: E501
    """Nothing is skipped here # type: ignore"""
    Any
@pytest.mark.skip(reason="later")
def test_a(): pass
@pytest.mark.parametrize("a", [1])
@skip("later")
class T(unittest.TestCase):
    def test_b(self): self.skipTest("later")
    @unittest.expectedFailure
    def skip(self): pass
# one may write noqa in a sentence
# pylint: disable=all
`;
  expect(check('src/a.py', text)).toEqual([
    'type-ignore 1:1',
    'any 5:4',
    'type-ignore 5:13',
    'any 7:20',
    'lint-disable 7:36',
    'test-skip 10:2',
    'test-skip 13:2',
    'test-skip 15:23',
    'test-skip 16:6',
    'lint-disable 19:1',
  ]);
});
