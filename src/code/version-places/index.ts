import type { VersionPlace } from '../version-place.ts';
import { browserslist } from './browserslist.ts';
import { bundlerTarget } from './bundler-target.ts';
import { compilerTargets } from './compiler-targets.ts';
import { devEngines } from './dev-engines.ts';
import { dockerfile } from './dockerfile.ts';
import { engines } from './engines.ts';
import { host } from './host.ts';
import { image } from './image.ts';
import { imageVariable } from './image-variable.ts';
import { mise } from './mise.ts';
import { nodeCommand } from './node-command.ts';
import { nodePackage } from './node-package.ts';
import { nodeVersion } from './node-version.ts';
import { nodesource } from './nodesource.ts';
import { npmrc } from './npmrc.ts';
import { nvmrc } from './nvmrc.ts';
import { sharedVariable } from './shared-variable.ts';
import { toolVersions } from './tool-versions.ts';
import { travis } from './travis.ts';
import { tsconfigBase } from './tsconfig-base.ts';
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
  imageVariable,
  sharedVariable,
  nodeCommand,
  nodesource,
  nodePackage,
  travis,
  host,
  bundlerTarget,
  browserslist,
  compilerTargets,
  tsconfigBase,
];

/** The place of a kind, for what a snapshot says of one. */
export function versionPlaceOf(kind: string): VersionPlace | undefined {
  return versionPlaces.find(({ id }) => id === kind);
}

/** What of the places says which Node runs, and not which one code is written for. */
export function nodesThatRun<P extends { readonly kind: string }>(places: readonly P[]): readonly P[] {
  return places.filter(({ kind }) => versionPlaceOf(kind)?.isBuildTarget !== true);
}
