import type { PythonPlace } from '../python-place.ts';
import { versionsWithin } from '../text/versions-within.ts';
import { isMatrixFile, pythonKey, pythonNumber, pythonWorkflow } from './python-workflow.ts';

const block = new RegExp(
  `${pythonKey}[|>][-+]?[ \\t]*(?:#.*)?\\r?\\n((?:[ \\t]+[\\w.*-]+[ \\t]*(?:\\r?\\n|$))+)`,
  'dg',
);

/** Several Pythons in one text, one a line: all of them are installed. */
export const pythonBlock: PythonPlace = {
  id: 'python-block',
  role: 'list',
  reads: pythonWorkflow.reads,
  example: {
    path: '.github/workflows/ci.yml',
    text: '        with:\n          python-version: |\n            ⟦3.9⟧\n            pypy3.9\n            ⟦3.10⟧\n          cache: pip\n',
  },
  isIn: isMatrixFile,
  find: (text) => versionsWithin(text, [block], new RegExp(`(?<=^[ \\t]*)${pythonNumber}(?=[ \\t]*\\r?$)`, 'dgm')),
};
