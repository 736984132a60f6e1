import { isDockerfile } from '../image/read-dockerfile.ts';
import { findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const dockerfile: VersionPlace = {
  id: 'dockerfile',
  reads: 'Docker, Podman, BuildKit',
  example: {
    path: 'docker/Dockerfile.web',
    text: 'ARG NODE_VERSION=⟦20.11⟧\nFROM --platform=linux/amd64 node:⟦18-alpine⟧ AS build\nFROM docker.io/library/node:⟦22⟧\nFROM gcr.io/distroless/nodejs⟦20⟧-debian12\n',
  },
  isIn: isDockerfile,
  find: (text) =>
    [
      ...findAll(text, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?:[\w.:-]+\/)*node:([\w.-]+)/dgim),
      // The major is part of the name. https://github.com/GoogleContainerTools/distroless/blob/main/nodejs/README.md
      ...findAll(text, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?:[\w.:-]+\/)*nodejs(\d+)(?=-debian\d)/dgim),
      ...findAll(text, /^[ \t]*(?:ARG|ENV)[ \t]+NODE(?:JS)?_VERSION[= \t]+["']?v?([\d][\w.-]*)/dgim),
    ].sort((one, other) => one.offset - other.offset),
};
