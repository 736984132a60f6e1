import type { VersionPlace } from '../version-place.ts';
import { assignedVariable } from './assigned-variable.ts';
import { azurePipelines } from './azure-pipelines.ts';
import { bazel } from './bazel.ts';
import { browserslist } from './browserslist.ts';
import { buildArgument } from './build-argument.ts';
import { buildspec } from './buildspec.ts';
import { bundledNode } from './bundled-node.ts';
import { bundlerTarget } from './bundler-target.ts';
import { circleci } from './circleci.ts';
import { compilerTargets } from './compiler-targets.ts';
import { devContainer } from './dev-container.ts';
import { devEngines } from './dev-engines.ts';
import { devbox } from './devbox.ts';
import { dockerfile } from './dockerfile.ts';
import { engines } from './engines.ts';
import { environmentFile } from './environment-file.ts';
import { functionClass } from './function-class.ts';
import { functionRuntime } from './function-runtime.ts';
import { gitlab } from './gitlab.ts';
import { host } from './host.ts';
import { image } from './image.ts';
import { imageCommand } from './image-command.ts';
import { imageVariable } from './image-variable.ts';
import { javaBuild } from './java-build.ts';
import { jenkinsTool } from './jenkins-tool.ts';
import { mise } from './mise.ts';
import { nix } from './nix.ts';
import { nodeCommand } from './node-command.ts';
import { nodeDownload } from './node-download.ts';
import { nodePackage } from './node-package.ts';
import { nodeVersion } from './node-version.ts';
import { nodesource } from './nodesource.ts';
import { npmrc } from './npmrc.ts';
import { nvmrc } from './nvmrc.ts';
import { offeredNode } from './offered-node.ts';
import { pnpmSettings } from './pnpm-settings.ts';
import { preCommit } from './pre-commit.ts';
import { sharedVariable } from './shared-variable.ts';
import { systemPackage } from './system-package.ts';
import { toolVersions } from './tool-versions.ts';
import { travis } from './travis.ts';
import { tsconfigBase } from './tsconfig-base.ts';
import { volta } from './volta.ts';
import { workflow } from './workflow.ts';
import { workflowVariable } from './workflow-variable.ts';

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
  pnpmSettings,
  workflow,
  workflowVariable,
  dockerfile,
  image,
  imageVariable,
  devContainer,
  buildArgument,
  circleci,
  azurePipelines,
  buildspec,
  gitlab,
  preCommit,
  assignedVariable,
  sharedVariable,
  environmentFile,
  imageCommand,
  nodeCommand,
  nodesource,
  nodePackage,
  systemPackage,
  nodeDownload,
  nix,
  devbox,
  bazel,
  javaBuild,
  jenkinsTool,
  travis,
  host,
  offeredNode,
  functionRuntime,
  functionClass,
  bundledNode,
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
export function nodesThatRun<P extends { readonly kind: string; readonly stays?: string | undefined }>(
  places: readonly P[],
): readonly P[] {
  return places.filter(({ kind, stays }) => stays === undefined && versionPlaceOf(kind)?.isBuildTarget !== true);
}
