import type { PythonPlace } from '../python-place.ts';
import { classifiers } from './classifiers.ts';
import { condaEnvironment } from './conda-environment.ts';
import { devcontainerFeature } from './devcontainer-feature.ts';
import { devcontainerImage } from './devcontainer-image.ts';
import { hatch } from './hatch.ts';
import { languageLevel } from './language-level.ts';
import { levelFlag } from './level-flag.ts';
import { nox } from './nox.ts';
import { pipfile } from './pipfile.ts';
import { preCommitHook } from './pre-commit-hook.ts';
import { preCommitPython } from './pre-commit-python.ts';
import { pythonHost } from './python-host.ts';
import { pythonImage } from './python-image.ts';
import { pythonImageVariable } from './python-image-variable.ts';
import { pythonMatrix } from './python-matrix.ts';
import { pythonProgram } from './python-program.ts';
import { pythonRequires } from './python-requires.ts';
import { pythonRuntime } from './python-runtime.ts';
import { pythonScript } from './python-script.ts';
import { pythonSharedVariable } from './python-shared-variable.ts';
import { pythonShebang } from './python-shebang.ts';
import { pythonShebangPath } from './python-shebang-path.ts';
import { pythonToolVersions } from './python-tool-versions.ts';
import { pythonVersion } from './python-version.ts';
import { pythonWorkflow } from './python-workflow.ts';
import { requiresPython } from './requires-python.ts';
import { runtimeName } from './runtime-name.ts';
import { runtimeTxt } from './runtime-txt.ts';
import { tox } from './tox.ts';
import { toxActions } from './tox-actions.ts';
import { toxFactor } from './tox-factor.ts';
import { toxGroup } from './tox-group.ts';
import { wheelTag } from './wheel-tag.ts';

/** Every kind of file in which a Python version may be named. */
export const pythonPlaces: readonly PythonPlace[] = [
  requiresPython,
  pythonRequires,
  classifiers,
  pythonVersion,
  runtimeTxt,
  pythonToolVersions,
  pipfile,
  pythonImage,
  pythonImageVariable,
  pythonSharedVariable,
  pythonProgram,
  pythonWorkflow,
  pythonMatrix,
  hatch,
  nox,
  tox,
  toxGroup,
  toxFactor,
  toxActions,
  languageLevel,
  levelFlag,
  preCommitPython,
  preCommitHook,
  condaEnvironment,
  devcontainerFeature,
  devcontainerImage,
  pythonRuntime,
  runtimeName,
  pythonHost,
  wheelTag,
  pythonShebang,
  pythonShebangPath,
  pythonScript,
];

/** Why what a place of a kind names is named and not raised to a minor of Python 3; undefined where it is raised. */
export function whyPythonStays(kind: string, minor: number): string | undefined {
  const place = pythonPlaces.find(({ id }) => id === kind);
  if (place?.newest !== undefined && minor > place.newest)
    return `3.${place.newest} is the newest that is known to be offered there`;
  return place?.stays;
}
