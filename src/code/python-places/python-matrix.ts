import { workflowValues } from '../ci-values/workflow-values.ts';
import type { PythonPlace } from '../python-place.ts';
import { isCombination, isComment, isMatrixFile, pythonWorkflow, scalars } from './python-workflow.ts';
import { pythonWorkflowSearch } from './python-workflow-variable.ts';

/** One combination of a matrix: what else it says is for this version. */
export const pythonMatrix: PythonPlace = {
  id: 'python-matrix',
  role: 'mention',
  reads: pythonWorkflow.reads,
  example: {
    path: '.github/workflows/ci.yml',
    text: "      matrix:\n        python-version: ['3.9']\n        include:\n          - python-version: '⟦3.8⟧'\n            toxenv: py38\n        exclude:\n        - python-version: '⟦3.9⟧'\n",
  },
  isFollowing: true,
  isIn: isMatrixFile,
  find: (text) => {
    const found = [...scalars(text), ...workflowValues(text, pythonWorkflowSearch)];
    return found
      .filter(({ offset }, at) => found.findIndex((other) => other.offset === offset) === at)
      .filter(({ offset }) => isCombination(text, offset) && !isComment(text, offset))
      .sort((one, other) => one.offset - other.offset);
  },
};
