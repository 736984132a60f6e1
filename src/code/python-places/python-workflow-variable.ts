// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import { workflowValues } from '../ci-values/workflow-values.ts';
import type { PythonPlace } from '../python-place.ts';
import { workflow } from '../version-places/workflow.ts';
import { isCombination } from './python-workflow.ts';

export const pythonWorkflowSearch = {
  taker: '(?:\\bpython-version["\']?[ \\t]*:[ \\t]*["\']?|\\bpython:|\\buv[ \\t]+python[ \\t]+install[ \\t]+["\']?)',
  known: /^(?:python|python[-_]?versions?)$/i,
  version: /^3\.\d{1,2}(?:\.\d+)?(?:-dev)?$/,
};

/** What a workflow or an action gives to `python-version` by a name of its own. */
export const pythonWorkflowVariable: PythonPlace = {
  id: 'python-workflow-variable',
  role: 'pin',
  reads: 'GitHub Actions, Forgejo and Gitea Actions',
  example: {
    path: '.github/actions/setup/action.yml',
    text: "inputs:\n  python-version:\n    default: '⟦3.9⟧'\n  runtime: { default: '⟦3.10⟧' }\n  other: { default: '3.9' }\nruns:\n  using: composite\n  steps:\n    - uses: actions/setup-python@v5\n      with: { python-version: \"${{ inputs.runtime }}\" }\n",
  },
  isIn: workflow.isIn,
  find: (text) => workflowValues(text, pythonWorkflowSearch).filter(({ offset }) => !isCombination(text, offset)),
};
