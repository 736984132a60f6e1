import { azureValues } from '../ci-values/azure-values.ts';
import { nodeNumber } from '../image/node-image.ts';
import type { VersionPlace } from '../version-place.ts';

const text = `variables:
  - name: runtime
    value: "⟦18.x⟧"
  - { name: other, value: "18.x" }
strategy:
  matrix:
    new: { node: ⟦20.x⟧ }
steps:
  - task: NodeTool@0
    inputs:
      versionSpec: '⟦18.x⟧'
  - { task: UseNode@1, inputs: { version: '⟦>=18.0.0⟧' } }
  - { task: UseNode@1, inputs: { version: $(runtime) } }
  - { task: UseNode@1, inputs: { version: $(node) } }
  - { task: UsePythonVersion@0, inputs: { versionSpec: "3.12" } }
`;

/** The tasks of Azure Pipelines that install a Node, and the variables that they take. */
export const azurePipelines: VersionPlace = {
  id: 'azure-pipelines',
  reads: 'Azure Pipelines',
  example: { path: 'azure-pipelines.yml', text },
  isIn: (path) =>
    /(^|\/)(azure-pipelines[\w.-]*|\.?azure[\w.-]*\/.+|\.?pipelines\/.+|\.vsts[\w.-]*)\.ya?ml$/.test(path),
  find: (text) => azureValues(text, search).map(({ value, offset }) => ({ value, offset })),
};

/** https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/node-tool-v0 */
const search = {
  task: /\b(?:NodeTool|UseNode)@\d/i,
  input: /\/inputs\/(?:versionSpec|version)$/,
  version: new RegExp(`^(?:[~^]|>=?[ ]?)?${nodeNumber}$`),
};
