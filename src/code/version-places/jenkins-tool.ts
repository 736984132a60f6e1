import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** A Node by the name that Jenkins itself knows it by. https://plugins.jenkins.io/nodejs/ */
export const jenkinsTool: VersionPlace = {
  id: 'jenkins-tool',
  reads: 'Jenkins',
  example: {
    path: 'Jenkinsfile',
    text: "tools { nodejs 'node-⟦18⟧' }\nnodejs('NodeJS ⟦18.19⟧') { sh 'a' }\nnodejs(nodeJSInstallationName: 'Node ⟦20⟧') { }\n",
  },
  stays: 'it is a name that stands in the settings of Jenkins',
  isIn: (path) => baseName(path) === 'Jenkinsfile',
  find: (text) =>
    findAll(text, /\bnodejs[ \t(]+(?:nodeJSInstallationName[ \t]*:[ \t]*)?["'][A-Za-z _-]*(\d+(?:\.\d+)*)["']/dg),
};
