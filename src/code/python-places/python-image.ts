import { isWorkflow } from '../command-files.ts';
import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

const names =
  /^((Docker|Container)file(\.[\w.-]+)?|[\w.-]+\.([Dd]ocker|[Cc]ontainer)file|(docker-)?compose(\.[\w.-]+)?\.ya?ml|\.gitlab-ci\.yml|\.?devcontainer\.json|bitbucket-pipelines\.yml|\.woodpecker\.ya?ml|\.drone\.yml|Jenkinsfile)$/;

export const pythonImage: PythonPlace = {
  id: 'python-image',
  role: 'pin',
  reads: 'Docker, Podman, Compose, GitLab, GitHub Actions, CircleCI, Jenkins, development containers',
  example: {
    path: 'Dockerfile',
    text: 'ARG PYTHON_VERSION=⟦3.11⟧\nFROM python:⟦3.11-slim⟧ AS build\nFROM docker.io/library/python:⟦3.10.2-alpine⟧\n',
  },
  isIn: (path) =>
    names.test(baseName(path)) || /(^|\/)\.(circleci|gitlab|woodpecker)\/.+\.ya?ml$/.test(path) || isWorkflow(path),
  find: (text) =>
    [
      ...findAll(
        text,
        /(?:^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*|\b(?:image|container)["']?[ \t]*:[ \t]*["']?|\bimage[ \t(]+["'])(?:[\w.:-]+\/)*python:(3\.\d[\w.-]*)/dgim,
      ),
      ...findAll(text, /^[ \t]*(?:ARG|ENV)[ \t]+PYTHON_VERSION[= \t]+["']?(3[\w.-]*)/dgim),
    ].sort((one, other) => one.offset - other.offset),
};
