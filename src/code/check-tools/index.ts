import type { CheckTool } from '../check-tool.ts';
import { ava } from './ava.ts';
import { biome } from './biome.ts';
import { bunTest } from './bun-test.ts';
import { eslint } from './eslint.ts';
import { jest } from './jest.ts';
import { mocha } from './mocha.ts';
import { mypy } from './mypy.ts';
import { nodeTest } from './node-test.ts';
import { oxlint } from './oxlint.ts';
import { prettier } from './prettier.ts';
import { pytest } from './pytest.ts';
import { pythonCompile } from './python-compile.ts';
import { ruff } from './ruff.ts';
import { standard } from './standard.ts';
import { svelteCheck } from './svelte-check.ts';
import { tsc } from './tsc.ts';
import { unittest } from './unittest.ts';
import { vitest } from './vitest.ts';
import { xo } from './xo.ts';

/** The programs whose runs godwit reads; of any other it knows the exit code. */
export const checkTools: readonly CheckTool[] = [
  tsc,
  svelteCheck,
  eslint,
  biome,
  oxlint,
  prettier,
  standard,
  xo,
  vitest,
  jest,
  nodeTest,
  mocha,
  ava,
  bunTest,
  pythonCompile,
  mypy,
  ruff,
  pytest,
  unittest,
];
