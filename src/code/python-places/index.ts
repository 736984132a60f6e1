import type { PythonPlace } from '../python-place.ts';
import { classifiers } from './classifiers.ts';
import { languageLevel } from './language-level.ts';
import { pipfile } from './pipfile.ts';
import { pythonImage } from './python-image.ts';
import { pythonImageVariable } from './python-image-variable.ts';
import { pythonProgram } from './python-program.ts';
import { pythonRequires } from './python-requires.ts';
import { pythonSharedVariable } from './python-shared-variable.ts';
import { pythonToolVersions } from './python-tool-versions.ts';
import { pythonVersion } from './python-version.ts';
import { pythonWorkflow } from './python-workflow.ts';
import { requiresPython } from './requires-python.ts';
import { runtimeTxt } from './runtime-txt.ts';
import { tox } from './tox.ts';

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
  tox,
  languageLevel,
];

/** Why what a place of a kind names is named and not raised; undefined where it is raised. */
export function whyPythonStays(kind: string): string | undefined {
  return pythonPlaces.find(({ id }) => id === kind)?.stays;
}
