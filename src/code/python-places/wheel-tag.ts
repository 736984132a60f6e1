import { isWorkflow } from '../command-files.ts';
import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const wheelTag: PythonPlace = {
  id: 'wheel-tag',
  role: 'mention',
  reads: 'cibuildwheel',
  example: { path: 'pyproject.toml', text: '[tool.cibuildwheel]\nbuild = "cp⟦38⟧-* cp⟦39⟧-*"\n' },
  stays: 'it is the tag of wheels that are built, and for which Pythons is for you to say',
  isIn: (path) => baseName(path) === 'pyproject.toml' || isWorkflow(path),
  find: (text) => findAll(text, /(?<![\w-])cp(3\d{1,2})(?=-|["'*\s])/dg),
};
