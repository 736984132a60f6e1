import { isCommandPlace } from '../command-files.ts';
import { imageLineEnd, imagePrefixes, isImageFile } from '../image/image-prefixes.ts';
import { pythonImagesBehind } from '../image/python-image.ts';
import { instructionsOf, isDockerfile } from '../image/read-dockerfile.ts';
import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import type { Found } from '../version-place.ts';

const { from, copy, key, call, name, step, command, assigned, instruction } = imagePrefixes;

export const pythonImage: PythonPlace = {
  id: 'python-image',
  role: 'pin',
  isCode: true,
  reads:
    'Docker, Podman, Compose, Kubernetes, GitLab, GitHub Actions, CircleCI, Jenkins, Cloud Build, make, development containers',
  example: {
    path: 'Dockerfile',
    text: 'ARG PYTHON_VERSION=⟦3.11⟧\nARG BASE=python:⟦3.11⟧\nFROM python:⟦3.11-slim⟧ AS build\nFROM docker.io/library/python:⟦3.10.2-alpine⟧\nCOPY --from=ghcr.io/astral-sh/uv:python⟦3.11-alpine⟧ /a /b\n',
  },
  isIn: (path) => isDockerfile(path) || isImageFile(path) || isCommandPlace(path),
  find: (text) =>
    [
      ...pythonImagesBehind(text, from, 'gim'),
      ...[copy, key, call].flatMap((before) => pythonImagesBehind(text, before, 'g')),
      ...pythonImagesBehind(text, name, 'gm'),
      ...pythonImagesBehind(text, step, 'gm', imageLineEnd),
      ...pythonImagesBehind(text, command, 'g', '(?![\\w:/])'),
      ...pythonImagesBehind(text, assigned, 'gim', imageLineEnd),
      ...findAll(text, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?:[\w.:-]+\/)*python-(3\d{1,2})\b/dgim).map((found) => ({
        ...found,
        stays: 'the tag behind it belongs to this image alone',
      })),
      ...variables(text),
    ]
      .filter(({ offset }, at, all) => all.findIndex((other) => other.offset === offset) === at)
      .sort((one, other) => one.offset - other.offset),
};

/** One instruction may hold several, over several lines. */
function variables(text: string): readonly Found[] {
  return instructionsOf(text)
    .filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV')
    .flatMap((one) =>
      [
        ...findAll(one.text, /(?<=^|\s)PYTHON_VERSION[= \t]+["']?(3[\w.-]*)/dgi),
        ...pythonImagesBehind(one.text, instruction, 'g'),
      ].map((found) => ({ ...found, offset: one.offset + found.offset })),
    );
}
