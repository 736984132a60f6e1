// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at

import { workflowValues } from '../ci-values/workflow-values.ts';
import { nodeNumber } from '../image/node-image.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
import type { Found, VersionPlace } from '../version-place.ts';
import { workflow } from './workflow.ts';

const text = `inputs:
  node-version:
    description: Node
    default: '⟦18⟧'
  runtime: { default: ⟦18.x⟧ }
  pnpm: { default: '18' }
runs:
  using: composite
  steps:
    - uses: actions/setup-node@v4
      with: { node-version: "\${{ inputs.runtime }}" }
`;

/**
 * What a workflow or an action gives to `node-version` by a name of its own: the defaults of inputs, variables, and
 * entries of a matrix. A name that means Node is one wherever it is used.
 */
export const workflowVariable: VersionPlace = {
  id: 'workflow-variable',
  reads: 'GitHub Actions, Forgejo and Gitea Actions',
  example: { path: '.github/actions/setup/action.yml', text },
  isIn: workflow.isIn,
  find: (text) => [...workflowValues(text, search), ...runners(text)].sort((one, other) => one.offset - other.offset),
};

const search = {
  taker: '(?:\\bnode-version["\']?[ \\t]*:[ \\t]*["\']?|\\bnode:|\\b(?:nvm|fnm)[ \\t]+(?:install|use)[ \\t]+["\']?)',
  known: /^(?:node|node[-_]?(?:js)?[-_]?versions?)$/i,
  version: new RegExp(`^(?:[~^]|>=)?${nodeNumber}$`),
};

/** https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#runs-for-javascript-actions */
function runners(text: string): readonly Found[] {
  return yamlScalars(text).flatMap(({ keys, value, offset }) => {
    const number = keys === 'runs/using' ? /^node(\d+)$/.exec(value)?.[1] : undefined;
    const stays = 'it is one of the few Nodes on which GitHub runs actions';
    return number === undefined ? [] : [{ value: number, offset: offset + 4, stays }];
  });
}
