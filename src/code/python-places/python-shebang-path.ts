import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { mayBeScript } from './python-shebang.ts';

export const pythonShebangPath: PythonPlace = {
  id: 'python-shebang-path',
  role: 'mention',
  reads: 'kernels',
  example: { path: 'bin/run', text: '#!/usr/local/bin/python⟦3.8⟧\nimport sys\n' },
  stays: 'it is the path of a Python of one machine, where the new one must be there first',
  isIn: mayBeScript,
  isCode: true,
  find: (text) => findAll(text, /^\uFEFF?#![ \t]*\/[^\n]*\/python(3\.\d{1,2})(?!\d)/dg),
};
