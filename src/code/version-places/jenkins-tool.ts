import { baseName, findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';
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
  isIn: (path) => /^(Jenkinsfile|[\w.-]+\.[jJ]enkinsfile)$/.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(text, /\bnodejs[ \t(]+(?:nodeJSInstallationName[ \t]*:[ \t]*)?["'][A-Za-z _-]*(\d+(?:\.\d+)*)["']/dg),
      ...versionsWithin(
        text,
        [/\bname[ \t(]*["']\w*NODE\w*["'][ \t)]*[;\s][ \t]*values[ \t(]*([^\n}]*)/dgi],
        /(?<=["'])(\d{2}(?:\.\d+)*)(?=["'])/dg,
      ),
    ].sort((one, other) => one.offset - other.offset),
};
