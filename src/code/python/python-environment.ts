import { join } from 'node:path';
import { shellWord } from '#core/shell';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment in which checks of Python run: what the interpreter, mypy, Ruff and pytest remember goes into a folder outside
 * of the tree, so that measuring leaves nothing in it.
 */
export function pythonEnvironment(env: Environment, scratch: string): Environment {
  const pytest = `-o cache_dir=${shellWord(join(scratch, 'pytest'))}`;
  return {
    ...env,
    PYTHONDONTWRITEBYTECODE: '1',
    MYPY_CACHE_DIR: join(scratch, 'mypy'),
    RUFF_CACHE_DIR: join(scratch, 'ruff'),
    PYTEST_ADDOPTS: env.PYTEST_ADDOPTS === undefined ? pytest : `${env.PYTEST_ADDOPTS} ${pytest}`,
  };
}
