import { nodeNumber } from '../image/node-image.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
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
  find: (text) => {
    if (!task.test(text)) return [];
    const scalars = yamlScalars(text);
    const used = new Set(
      scalars
        .filter(({ keys, around }) => isInput(keys, around))
        .flatMap(({ value }) => /^\$[({]+\s*(?:parameters\.|variables\.)?(\w+)\s*[)}]+$/.exec(value)?.[1] ?? []),
    );
    return scalars.flatMap(({ keys, value, offset, beside, around }) => {
      const name = beside.name ?? '';
      const isOfVariable = /\/(?:value|default|values\/-)$/.test(keys)
        ? used.has(name)
        : used.has(/(?:^|\/)(?:variables|matrix\/[^/]+)\/(\w+)$/.exec(keys)?.[1] ?? '');
      return isVersion.test(value) && (isInput(keys, around) || isOfVariable) ? [{ value, offset }] : [];
    });
  },
};

const task = /\b(?:NodeTool|UseNode)@\d/i;
const isVersion = new RegExp(`^(?:[~^]|>=?[ ]?)?${nodeNumber}$`);

/** https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/node-tool-v0 */
function isInput(keys: string, { task: name = '' }: Readonly<Record<string, string>>): boolean {
  return task.test(name) && /\/inputs\/(?:versionSpec|version)$/.test(keys);
}
