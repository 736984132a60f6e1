import type { PythonPlace } from '../python-place.ts';
import { isCombination, isComment, isMatrixFile, pythonWorkflow, scalars } from './python-workflow.ts';

/** One combination of a matrix: what else it says is for this version. */
export const pythonMatrix: PythonPlace = {
  id: 'python-matrix',
  role: 'mention',
  reads: pythonWorkflow.reads,
  example: {
    path: '.github/workflows/ci.yml',
    text: "      matrix:\n        python-version: ['3.9']\n        include:\n          - python-version: '⟦3.8⟧'\n            toxenv: py38\n        exclude:\n        - python-version: '⟦3.9⟧'\n",
  },
  stays: 'it is one combination of a matrix, and what stands beside it is for this version',
  isIn: isMatrixFile,
  find: (text) => scalars(text).filter(({ offset }) => isCombination(text, offset) && !isComment(text, offset)),
};
