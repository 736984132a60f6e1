import { expect, it } from 'vitest';
import { pythonEnvironment } from './python-environment.ts';

it('what tools remember stays outside of the tree, and what the user says is kept', () => {
  expect(pythonEnvironment({ HOME: '/home/me', PYTEST_ADDOPTS: '-n 2' }, '/tmp/a b')).toEqual({
    HOME: '/home/me',
    PYTHONDONTWRITEBYTECODE: '1',
    MYPY_CACHE_DIR: '/tmp/a b/mypy',
    RUFF_CACHE_DIR: '/tmp/a b/ruff',
    PYTEST_ADDOPTS: "-n 2 -o cache_dir='/tmp/a b/pytest'",
  });
});
