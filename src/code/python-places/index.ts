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
import { pixiProject } from './pixi-project.ts';
import { preCommitHook } from './pre-commit-hook.ts';
import { preCommitPython } from './pre-commit-python.ts';
import { pythonArgument } from './python-argument.ts';
import { pythonAzure } from './python-azure.ts';
import { pythonBlock } from './python-block.ts';
import { pythonCircleci } from './python-circleci.ts';
import { pythonCondition } from './python-condition.ts';
import { pythonDevbox } from './python-devbox.ts';
import { pythonEnvironmentFile } from './python-environment-file.ts';
import { pythonHost } from './python-host.ts';
import { pythonImage } from './python-image.ts';
import { pythonImageVariable } from './python-image-variable.ts';
import { pythonMatrix } from './python-matrix.ts';
import { pythonMise } from './python-mise.ts';
import { pythonNix } from './python-nix.ts';
import { pythonProgram } from './python-program.ts';
import { pythonRequires } from './python-requires.ts';
import { pythonRuntime } from './python-runtime.ts';
import { pythonScript } from './python-script.ts';
import { pythonSharedVariable } from './python-shared-variable.ts';
import { pythonShebang } from './python-shebang.ts';
import { pythonShebangPath } from './python-shebang-path.ts';
import { pythonTool } from './python-tool.ts';
import { pythonToolVersions } from './python-tool-versions.ts';
import { pythonVariable } from './python-variable.ts';
import { pythonVersion } from './python-version.ts';
import { pythonWorkflow } from './python-workflow.ts';
import { pythonWorkflowVariable } from './python-workflow-variable.ts';
import { requiresPython } from './requires-python.ts';
import { runtimeName } from './runtime-name.ts';
import { runtimeTxt } from './runtime-txt.ts';
import { tox } from './tox.ts';
import { toxActions } from './tox-actions.ts';
import { toxCall } from './tox-call.ts';
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
  pythonMise,
  pipfile,
  pythonImage,
  pythonImageVariable,
  pythonSharedVariable,
  pythonArgument,
  pythonCircleci,
  pythonEnvironmentFile,
  pythonProgram,
  pythonWorkflow,
  pythonBlock,
  pythonMatrix,
  pythonWorkflowVariable,
  pythonAzure,
  pythonCondition,
  hatch,
  nox,
  tox,
  toxGroup,
  toxActions,
  toxFactor,
  toxCall,
  languageLevel,
  levelFlag,
  preCommitPython,
  preCommitHook,
  condaEnvironment,
  pixiProject,
  devcontainerFeature,
  devcontainerImage,
  pythonDevbox,
  pythonNix,
  pythonRuntime,
  runtimeName,
  pythonHost,
  pythonTool,
  pythonVariable,
  wheelTag,
  pythonShebang,
  pythonShebangPath,
  pythonScript,
];

/** True for places in which a whole release stays one. */
export function isExactPlace(kind: string): boolean {
  return pythonPlaces.find(({ id }) => id === kind)?.isExact === true;
}

/** True for what goes where an entry of a matrix goes. */
export function isFollowingPlace(kind: string): boolean {
  return pythonPlaces.find(({ id }) => id === kind)?.isFollowing === true;
}

/** Why what a place of a kind names is named and not raised to a minor of Python 3; undefined where it is raised. */
export function whyPythonStays(kind: string, minor: number): string | undefined {
  const place = pythonPlaces.find(({ id }) => id === kind);
  if (place?.newest !== undefined && minor > place.newest)
    return `3.${place.newest} is the newest that is known to be offered there`;
  return place?.stays;
}
