import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Plugins of Java's build tools that fetch a Node. https://github.com/eirslett/frontend-maven-plugin */
export const javaBuild: VersionPlace = {
  id: 'java-build',
  reads: 'Maven, Gradle',
  example: {
    path: 'pom.xml',
    text: '<version>18.0</version>\n<node.version>⟦v18.19.0⟧</node.version>\n<nodeVersion>⟦v18.19.0⟧</nodeVersion>\n<npmVersion>9.1.0</npmVersion>\n',
  },
  isIn: (path) => /^(pom\.xml|build\.gradle(\.kts)?)$/.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(text, /<(?:nodeVersion|node\.version)>[ \t]*(v?\d[\d.]*)[ \t]*</dg),
      ...findAll(text, /^[ \t]*node[ \t]*\{(?:[^{}]*\n)??[ \t]*version[ \t]*(?:=|\.set\()[ \t]*["'](\d[\d.]*)["']/dgm),
    ].sort((one, other) => one.offset - other.offset),
};
