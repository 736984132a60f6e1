import type { VersionPlace } from '../version-place.ts';
import { devEngines } from './dev-engines.ts';
import { dockerfile } from './dockerfile.ts';
import { engines } from './engines.ts';
import { host } from './host.ts';
import { image } from './image.ts';
import { mise } from './mise.ts';
import { nodeVersion } from './node-version.ts';
import { npmrc } from './npmrc.ts';
import { nvmrc } from './nvmrc.ts';
import { toolVersions } from './tool-versions.ts';
import { travis } from './travis.ts';
import { volta } from './volta.ts';
import { workflow } from './workflow.ts';

/** Every kind of file in which a Node version may be named. */
export const versionPlaces: readonly VersionPlace[] = [
  engines,
  devEngines,
  volta,
  nvmrc,
  nodeVersion,
  toolVersions,
  mise,
  npmrc,
  workflow,
  dockerfile,
  image,
  travis,
  host,
];
