import { azureValues } from '../ci-values/azure-values.ts';
import type { PythonPlace } from '../python-place.ts';
import { azurePipelines } from '../version-places/azure-pipelines.ts';

const search = { task: /\bUsePythonVersion@\d/i, input: /\/inputs\/versionSpec$/, version: /^3\.\d{1,2}(?:\.\d+)?$/ };

/** The task of Azure Pipelines that takes a Python, and the variables that it is told by. */
export const pythonAzure: PythonPlace = {
  id: 'python-azure',
  role: 'pin',
  reads: 'Azure Pipelines',
  example: {
    path: '.azure/pipelines/ci.yml',
    text: "variables:\n  - { name: py, value: '⟦3.9⟧' }\n  - { name: other, value: '3.9' }\nstrategy:\n  matrix:\n    new: { tested: '⟦3.10⟧' }\nsteps:\n  - task: UsePythonVersion@0\n    inputs: { versionSpec: '⟦3.9⟧' }\n  - { task: UsePythonVersion@0, inputs: { versionSpec: $(py) } }\n  - { task: UsePythonVersion@0, inputs: { versionSpec: $(tested) } }\n",
  },
  isIn: azurePipelines.isIn,
  find: (text) =>
    azureValues(text, search).map(({ value, offset, keys }) =>
      /(?:^|\/)matrix\//.test(keys)
        ? { value, offset, stays: 'it is one combination of a matrix, and what stands beside it is for this version' }
        : { value, offset },
    ),
};
