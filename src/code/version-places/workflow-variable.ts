// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
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
  find: (text) => {
    const used = usedNames(text);
    return yamlScalars(text).flatMap(({ keys, value, offset }) => [
      ...(isRunner.test(keys) ? runnerOf(value, offset) : []),
      ...(isVersion.test(value) && says(keys, used) ? [{ value, offset }] : []),
    ]);
  },
};

const isVersion = new RegExp(`^(?:[~^]|>=)?${nodeNumber}$`);
const isRunner = /^runs\/using$/;
const known = /^(?:node|node[-_]?(?:js)?[-_]?versions?)$/i;

/** Names behind `env.`, `matrix.` and `inputs.` where a Node is installed or an image of one runs, each with its kind. */
function usedNames(text: string): ReadonlySet<string> {
  const taker =
    '(?:\\bnode-version["\']?[ \\t]*:[ \\t]*["\']?|\\bnode:|\\b(?:nvm|fnm)[ \\t]+(?:install|use)[ \\t]+["\']?)';
  const uses = [
    ...text.matchAll(
      new RegExp(`${taker}\\$\\{\\{[ \\t]*(?:github\\.event\\.)?(env|matrix|inputs)\\.([\\w-]+)[ \\t]*\\}\\}`, 'g'),
    ),
    ...text.matchAll(new RegExp(`${taker}\\$()\\{?(\\w+)`, 'g')),
  ];
  return new Set(uses.map(([, kind = '', name = '']) => `${kind === '' ? 'env' : kind}.${name}`));
}

function says(keys: string, used: ReadonlySet<string>): boolean {
  const input = /(?:^|\/)inputs\/([^/]+)\/(?:default|options\/-)$/.exec(keys)?.[1];
  if (input !== undefined) return known.test(input) || used.has(`inputs.${input}`);
  const entry = /\/matrix\/(?:(?:include|exclude)\/-\/)?([^/]+)(?:\/-)?$/.exec(keys)?.[1];
  if (entry !== undefined) return used.has(`matrix.${entry}`);
  const variable = /(?:^|\/)env\/([^/]+)$/.exec(keys)?.[1];
  return variable !== undefined && used.has(`env.${variable}`);
}

/** https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#runs-for-javascript-actions */
function runnerOf(value: string, offset: number): readonly Found[] {
  const number = /^node(\d+)$/.exec(value)?.[1];
  const stays = 'it is one of the few Nodes on which GitHub runs actions';
  return number === undefined ? [] : [{ value: number, offset: offset + 4, stays }];
}
