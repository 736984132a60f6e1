import { expect, it } from 'vitest';
import { mypy } from './mypy.ts';
import { pytest } from './pytest.ts';
import { pythonCompile } from './python-compile.ts';
import { ruff } from './ruff.ts';
import { unittest } from './unittest.ts';

const run = { exitCode: 1, output: '', errors: '', report: undefined };

it('pytest: tests of the same name in two classes are two', () => {
  const report =
    '<?xml version="1.0"?><testsuites><testsuite name="pytest" tests="3"><testcase classname="tests.test_a.A" name="test_x" time="0.1" /><testcase classname="tests.test_a.B" name="test_x"><failure message="assert 1 == 2">…</failure></testcase><testcase classname="" name="tests.test_b"><error message="collection failure"/></testcase></testsuite></testsuites>';
  expect(pytest.read({ ...run, report })).toEqual({
    kind: 'test',
    tests: [
      { name: 'tests.test_a.A.test_x', outcome: 'passed' },
      { name: 'tests.test_a.B.test_x', outcome: 'failed', message: 'assert 1 == 2' },
      { name: 'tests.test_b', outcome: 'failed', message: 'collection failure' },
    ],
  });
});

it('mypy', () => {
  const output =
    'a.py:3:5: error: Name "x" is not defined  [name-defined]\na.py:4: note: see\nb/c.py:1: error: Cannot find module\n';
  expect(mypy.read({ ...run, output })).toEqual({
    kind: 'types',
    problems: [
      { file: 'a.py', line: 3, column: 5, code: 'name-defined', message: 'Name "x" is not defined' },
      { file: 'b/c.py', line: 1, code: 'error', message: 'Cannot find module' },
    ],
  });
});

it('what cannot be read is said', () => {
  for (const tool of [pytest, unittest, ruff, pythonCompile])
    expect(tool.read(run)).toMatchObject({ kind: 'unreadable' });
  expect(mypy.read(run)).toMatchObject({ kind: 'unreadable' });
});

it('tests that do not begin: the last words say why', () => {
  const errors =
    'Traceback (most recent call last):\n  File "x.py", line 1\nImportError: cannot import name get_storage_class\n';
  for (const tool of [pytest, unittest])
    expect(tool.read({ ...run, errors })).toEqual({
      kind: 'unreadable',
      why: 'It ended before any test began: ImportError: cannot import name get_storage_class',
    });
});
