import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** True for files whose first line may say which Python runs them. */
export function mayBeScript(path: string): boolean {
  return /\.pyw?$|(^|\/)(bin|scripts?|tools?)\/[^/.]+$/.test(path);
}

export const pythonShebang: PythonPlace = {
  id: 'python-shebang',
  role: 'pin',
  reads: 'kernels, by way of env',
  example: { path: 'tools/run.py', text: '#!/usr/bin/env -S python⟦3.8⟧ -u\nimport sys\n' },
  isIn: mayBeScript,
  isCode: true,
  find: (text) => findAll(text, /^\uFEFF?#![ \t]*\/[\w/]*\benv[ \t]+(?:-S[ \t]*)?python(3\.\d{1,2})(?!\d)/dg),
};
