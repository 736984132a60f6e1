import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Versions of which a host or a service has its own, in files in which it is told of them. */
export const offeredNode: VersionPlace = {
  id: 'offered-node',
  reads: 'App Service of Azure, Read the Docs, Semaphore',
  example: {
    path: '.readthedocs.yaml',
    text: 'build:\n  tools:\n    python: "3.12"\n    nodejs: "⟦20⟧"\n  commands: [sem-version node ⟦18⟧]\nweb: NODE|⟦20-lts⟧\n',
  },
  stays: 'whether it is offered there, and under which name, is for you to see',
  isIn: (path) =>
    /^(\.?readthedocs\.ya?ml|azuredeploy[\w.-]*\.json)$|\.(bicep|tf)$/.test(baseName(path)) ||
    /(^|\/)\.semaphore\/.+\.ya?ml$/.test(path),
  find: (text) =>
    [
      ...findAll(text, /\btools:[^#]*?\bnodejs["']?[ \t]*:[ \t]*["']?(\d{2})(?![\w.])/dg),
      ...findAll(text, /\bNODE\|(\d{2}(?:-lts)?)(?![\w.])/dg),
      ...findAll(text, /\bsem-version[ \t]+node[ \t]+(\d+(?:\.\d+)*)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
