import type { PythonPlace } from '../python-place.ts';
import { classifiers } from './classifiers.ts';
import { languageLevel } from './language-level.ts';
import { pipfile } from './pipfile.ts';
import { pythonImage } from './python-image.ts';
import { pythonRequires } from './python-requires.ts';
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
  pythonWorkflow,
  tox,
  languageLevel,
];
