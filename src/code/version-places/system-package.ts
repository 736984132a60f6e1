import { isCommandPlace } from '../command-files.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Node as a package of a system, pinned to a version that only its own repository knows. */
export const systemPackage: VersionPlace = {
  id: 'system-package',
  reads: 'apk, apt, dnf, conda, Chocolatey',
  example: {
    path: 'Dockerfile',
    text: 'RUN apk add --no-cache nodejs=⟦18.19.0⟧-r0 npm\nRUN apt-get install -y "nodejs=⟦18.*⟧"\nRUN dnf module enable -y nodejs:⟦18⟧\nRUN choco install nodejs-lts --version=⟦18.19.0⟧\nRUN apk add python3=3.12\n',
  },
  stays: 'which versions there are is known to the repository of packages alone',
  isIn: (path) => isCommandPlace(path) || /^environment[\w.-]*\.ya?ml$/.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(text, /(?<![\w.-])nodejs(?:-lts|-current)?[ \t]*(?:=|~=|==|>=|~)[ \t]*(\d+(?:\.(?:\d+|\*)){0,2})/dg),
      ...findAll(text, /\b(?:dnf|yum|microdnf)[ \t][^\n]*?\bnodejs:(\d+)/dg),
      ...findAll(
        text,
        /\bchoco[ \t]+(?:install|upgrade)[ \t][^\n;&|]*?\bnodejs[^\n;&|]*?--version[= ]["']?(\d+(?:\.\d+)*)/dg,
      ),
    ].sort((one, other) => one.offset - other.offset),
};
