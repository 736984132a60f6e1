import { imagePrefixes } from '../image/image-prefixes.ts';
import { nodeImagesBehind, nodeVariable } from '../image/node-image.ts';
import { instructionsOf, isDockerfile } from '../image/read-dockerfile.ts';
import { findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

const text = `ARG NODE_VERSION=⟦20.11⟧
ARG BASE=node:⟦18-slim⟧
FROM --platform=linux/amd64 node:⟦18-alpine⟧ AS build
FROM docker.io/library/node:⟦22⟧
FROM public.ecr.aws/lambda/nodejs:⟦18⟧
FROM gcr.io/distroless/nodejs⟦20⟧-debian12
FROM registry.access.redhat.com/ubi9/nodejs-⟦18⟧:1-100
ENV NVM_VERSION=v0.39.7 \\
    NODE_VERSION=⟦18.19.0⟧
COPY --from=node:⟦20-slim⟧ /usr/local/bin/node /bin/node
`;

export const dockerfile: VersionPlace = {
  id: 'dockerfile',
  reads: 'Docker, Podman, BuildKit',
  example: { path: 'docker/Dockerfile.web', text },
  isIn: isDockerfile,
  find: (text) =>
    [
      ...nodeImagesBehind(text, imagePrefixes.from, { flags: 'gim' }),
      ...nodeImagesBehind(text, imagePrefixes.copy, { flags: 'g' }),
      // The major is part of the name. https://github.com/GoogleContainerTools/distroless/blob/main/nodejs/README.md
      ...findAll(text, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?:[\w.:-]+\/)*nodejs(\d+)(?=-debian\d)/dgim),
      ...findAll(text, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?:[\w.:-]+\/)*nodejs-(\d+)\b/dgim).map((found) => ({
        ...found,
        stays: 'the tag behind it belongs to this image alone',
      })),
      ...variables(text),
    ].sort((one, other) => one.offset - other.offset),
};

/** One instruction may hold several, over several lines. */
function variables(text: string): readonly Found[] {
  return instructionsOf(text)
    .filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV')
    .flatMap((instruction) =>
      [
        ...findAll(instruction.text, new RegExp(`(?<=^|\\s)${nodeVariable}[= \\t]+["']?v?(\\d[\\w.-]*)`, 'dgi')),
        ...nodeImagesBehind(instruction.text, imagePrefixes.instruction, { flags: 'g' }),
      ].map((found) => ({ ...found, offset: instruction.offset + found.offset })),
    );
}
