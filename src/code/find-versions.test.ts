// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { describe, expect, it } from 'vitest';
import { raiseNodes } from '../../test/support/raise-nodes.ts';

async function check(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  const raised = await raiseNodes(before);
  expect(raised.after).toEqual({ ...before, ...after });
  return raised.left;
}

describe('what sets an argument of an image goes with it', () => {
  const files = (number: string) => ({
    Dockerfile: `ARG N=${number}\nARG OTHER=18\nFROM node:\${N}-slim\n`,
    'compose.yaml': `services:\n  a:\n    build:\n      args:\n        N: "${number}"\n        OTHER: "18"\n  b: { build: { args: [ "N=${number}", "OTHER=18" ] } }\n  c: { build: { args: { N: "\${N:-${number}}" } } }\n`,
    'build.sh': `docker build --build-arg N=${number} --build-arg "OTHER=18" .\n`,
    'package.json': `{ "private": true, "scripts": { "image": "docker build --build-arg N=${number} ." } }\n`,
    '.github/workflows/image.yml': `jobs:\n  a:\n    steps:\n      - run: docker build --build-arg N=${number} .\n      - with:\n          build-args: |\n            N=${number}\n            OTHER=18\n`,
    'docker-bake.hcl': `variable "N" { default = "${number}" }\ntarget "a" { args = { N = "${number}", OTHER = "18" } }\n`,
    '.devcontainer/devcontainer.json': `{ "build": { "args": { "N": "${number}", "OTHER": "18" } } }\n`,
  });

  it('in every file that sets it', async () => {
    expect(await check(files('18.19'), files('24.11'))).toEqual([]);
  });

  it('where the image has its own default of none', async () => {
    const compose = (number: string) => `services: { a: { build: { args: { N: "${number}" } } } }\n`;
    const dockerfile = { Dockerfile: 'ARG N\nFROM node:${N}\n' };
    expect(await check({ ...dockerfile, 'compose.yml': compose('18') }, { 'compose.yml': compose('24') })).toEqual([]);
  });

  it('and is named where the argument says another thing too', async () => {
    const compose = { 'compose.yml': 'services:\n  a: { build: { args: { N: "18" } } }\n' };
    const shared = { Dockerfile: 'ARG N=18\nFROM node:${N}\nARG N\nRUN ./headers $N\n', ...compose };
    expect(await check(shared, {})).toEqual(['Dockerfile:1', 'compose.yml:2']);
    const two = {
      Dockerfile: 'ARG N=18\nFROM node:${N}\n',
      'go.Dockerfile': 'ARG N=18\nFROM golang:1.${N}\n',
      ...compose,
    };
    expect(await check(two, { Dockerfile: 'ARG N=24\nFROM node:${N}\n' })).toEqual(['compose.yml:2']);
  });

  it('an argument of another image stays', async () => {
    const other = {
      Dockerfile: 'ARG N=18\nFROM postgres:${N}\n',
      'compose.yml': 'a: { build: { args: { N: "18" } } }\n',
    };
    expect(await check(other, {})).toEqual([]);
  });
});

type Case = readonly [path: string, before: string, after: string];

describe('is raised', () => {
  it.each<Case>([
    ['pnpm-workspace.yaml', 'useNodeVersion: 18.19.0\n', 'useNodeVersion: 24.11.1\n'],
    ['devbox.json', '{ "packages": ["nodejs@18"] }', '{ "packages": ["nodejs@24"] }'],
    ['build.gradle', "node {\n  version = '18.19.0'\n}\n", "node {\n  version = '24.11.1'\n}\n"],
    ['.vscode/launch.json', '{ "runtimeVersion": "18.19.0" }', '{ "runtimeVersion": "24.11.1" }'],
    ['compose.yml', 'a: { environment: { NODE_VERSION: "18" } }\n', 'a: { environment: { NODE_VERSION: "24" } }\n'],
    [
      'k8s/a.yaml',
      'env:\n  - name: NODE_VERSION\n    value: "18"\n',
      'env:\n  - name: NODE_VERSION\n    value: "24"\n',
    ],
    [
      '.gitlab-ci.yml',
      'variables: { NODE_VERSION: "18" }\nimage: { name: "node:$NODE_VERSION" }\nscript: [echo $NODE_VERSION]\n',
      'variables: { NODE_VERSION: "24" }\nimage: { name: "node:$NODE_VERSION" }\nscript: [echo $NODE_VERSION]\n',
    ],
    ['.github/workflows/a.yml', 'with: { nodejs-version: 18 }\n', 'with: { nodejs-version: 24 }\n'],
    ['Jenkinsfile', "agent { docker 'node:18' }\n", "agent { docker 'node:24' }\n"],
    ['Dockerfile', 'FROM node:18-${VARIANT}\n', 'FROM node:24-${VARIANT}\n'],
    ['Dockerfile', 'ARG BASE=node:18-slim\nFROM $BASE\n', 'ARG BASE=node:24-slim\nFROM $BASE\n'],
    [
      'Dockerfile',
      'FROM ${BASE:-node:18}\nCOPY --from=node:20 a b\n',
      'FROM ${BASE:-node:24}\nCOPY --from=node:24 a b\n',
    ],
    [
      'Dockerfile',
      'ENV NVM_VERSION=v0.39.7 NODE_VERSION=18.19.0\nRUN nvm install $NODE_VERSION && nvm alias default 18\n',
      'ENV NVM_VERSION=v0.39.7 NODE_VERSION=24.11.1\nRUN nvm install $NODE_VERSION && nvm alias default 24\n',
    ],
    [
      'Dockerfile',
      'ENV V=18\nRUN curl https://deb.nodesource.com/setup_$V.x\n',
      'ENV V=24\nRUN curl https://deb.nodesource.com/setup_$V.x\n',
    ],
    [
      'Dockerfile',
      'ENV NODE_MAJOR=18\nRUN curl setup_$NODE_MAJOR.x\n',
      'ENV NODE_MAJOR=24\nRUN curl setup_$NODE_MAJOR.x\n',
    ],
    [
      'Dockerfile',
      'ENV NV=18.1.0\nRUN n $NV && nvm install $NV\nENV PATH=/nvm/versions/node/v$NV/bin\n',
      'ENV NV=24.11.1\nRUN n $NV && nvm install $NV\nENV PATH=/nvm/versions/node/v$NV/bin\n',
    ],
    [
      'Dockerfile',
      'FROM public.ecr.aws/lambda/nodejs:18\nRUN n 18\n',
      'FROM public.ecr.aws/lambda/nodejs:24\nRUN n 24\n',
    ],
    [
      'Dockerfile',
      'FROM mcr.microsoft.com/azure-functions/node:4-node18\n',
      'FROM mcr.microsoft.com/azure-functions/node:4-node24\n',
    ],
    [
      '.github/actions/a/action.yml',
      "inputs:\n  node-version:\n    default: '18'\n",
      "inputs:\n  node-version:\n    default: '24'\n",
    ],
    [
      '.github/workflows/a.yml',
      'on: { workflow_call: { inputs: { node: { default: 18 } } } }\n',
      'on: { workflow_call: { inputs: { node: { default: 24 } } } }\n',
    ],
    [
      '.github/workflows/a.yml',
      'jobs:\n  a:\n    strategy: { matrix: { v: [18, 20] } }\n    steps:\n      - { uses: actions/setup-node@v4, with: { node-version: "${{ matrix.v }}" } }\n      - { uses: pnpm/action-setup@v4, with: { v: 9, version: 9 } }\n',
      'jobs:\n  a:\n    strategy: { matrix: { v: [24] } }\n    steps:\n      - { uses: actions/setup-node@v4, with: { node-version: "${{ matrix.v }}" } }\n      - { uses: pnpm/action-setup@v4, with: { v: 9, version: 9 } }\n',
    ],
    [
      '.github/workflows/a.yml',
      'env: { NV: 18 }\nrun: nvm install ${{ env.NV }}\n',
      'env: { NV: 24 }\nrun: nvm install ${{ env.NV }}\n',
    ],
    [
      '.github/workflows/a.yml',
      '      matrix:\n        node: ${{ fromJSON(\'["18", "20"]\') }}\n',
      '      matrix:\n        node: ${{ fromJSON(\'["24"]\') }}\n',
    ],
    [
      '.github/workflows/a.yml',
      'services: { x: { image: "node:18-slim" } }\n',
      'services: { x: { image: "node:24-slim" } }\n',
    ],
    [
      '.github/workflows/a.yml',
      '- uses: docker://node:18\n- with: { runtime: nodejs18.x }\n',
      '- uses: docker://node:24\n- with: { runtime: nodejs24.x }\n',
    ],
    [
      '.devcontainer/devcontainer.json',
      '{ "features": { "ghcr.io/devcontainers/features/node:1": "18" } }',
      '{ "features": { "ghcr.io/devcontainers/features/node:1": "24" } }',
    ],
    [
      '.circleci/config.yml',
      'steps: [{ node/install: { node-version: "18.19.0" } }]\n',
      'steps: [{ node/install: { node-version: "24.11.1" } }]\n',
    ],
    [
      '.circleci/config.yml',
      'executor: { name: node/default, tag: "18.19" }\n',
      'executor: { name: node/default, tag: "24.11" }\n',
    ],
    [
      'azure-pipelines.yml',
      "- task: NodeTool@0\n  inputs:\n    versionSpec: '18.x'\n",
      "- task: NodeTool@0\n  inputs:\n    versionSpec: '24.x'\n",
    ],
    [
      '.gitlab-ci.yml',
      't: { parallel: { matrix: [{ NODE: ["18", "20"] }] } }\n',
      't: { parallel: { matrix: [{ NODE: ["24"] }] } }\n',
    ],
    [
      'mise.toml',
      '[tools.node]\nversion = "18"\n[env]\nNODE_VERSION = "18.1.0"\n',
      '[tools.node]\nversion = "24"\n[env]\nNODE_VERSION = "24.11.1"\n',
    ],
    [
      'Makefile',
      'NODE_VERSION ?= 18\nFROM=node:18\na:\n\tdocker run --rm -u node:1000 node:18 node\n',
      'NODE_VERSION ?= 24\nFROM=node:24\na:\n\tdocker run --rm -u node:1000 node:24 node\n',
    ],
    [
      'package.json',
      '{ "private": true, "scripts": { "a": "docker run -v .:/a node:18-alpine a" } }',
      '{ "private": true, "scripts": { "a": "docker run -v .:/a node:24-alpine a" } }',
    ],
    ['vercel.json', '{"build":{"env":{"NODE_VERSION":"18"}}}', '{"build":{"env":{"NODE_VERSION":"24"}}}'],
    [
      'render.yaml',
      'envVars:\n  - key: NODE_VERSION\n    value: 18.19.0\n',
      'envVars:\n  - key: NODE_VERSION\n    value: 24.11.1\n',
    ],
    ['deploy/web.yaml', 'containers:\n  - image: node:18-slim\n', 'containers:\n  - image: node:24-slim\n'],
    [
      'buildspec.yml',
      'phases: { install: { runtime-versions: { nodejs: 18 }, commands: [n 18.19.0] } }\n',
      'phases: { install: { runtime-versions: { nodejs: 24 }, commands: [n 24.11.1] } }\n',
    ],
    ['setup.sh', 'npx n 18 && asdf install nodejs 18.19.0\n', 'npx n 24 && asdf install nodejs 24.11.1\n'],
  ])('%s: %j', async (path, before, after) => {
    expect(await check({ [path]: before }, { [path]: after })).toEqual([]);
  });
});

describe('is named and stays', () => {
  it.each([
    ['Dockerfile', 'RUN apk add nodejs=18.19.0-r0\n'],
    ['Dockerfile', 'FROM registry.access.redhat.com/ubi9/nodejs-18:1-100\n'],
    ['Dockerfile', 'RUN curl -O https://nodejs.org/dist/v18.19.0/node-v18.19.0-linux-x64.tar.xz\n'],
    // What is taken must be what is installed.
    ['Dockerfile', 'RUN nvm install $NV && nvm alias default 18\n'],
    ['Dockerfile', 'FROM node:18.$MINOR\n'],
    ['Dockerfile', 'FROM mcr.microsoft.com/devcontainers/typescript-node:1-18-bookworm\n'],
    ['serverless.yml', 'provider: { runtime: nodejs8.10 }\n'],
    ['Jenkinsfile', "tools { nodejs 'node-18' }\n"],
    ['template.yaml', 'CompatibleRuntimes: [nodejs18.x, nodejs24.x]\n'],
    ['MODULE.bazel', 'node.toolchain(node_version = "18.19.0")\n'],
    ['shell.nix', 'pkgs.nodejs_18\n'],
    ['.env', 'NODE_VERSION=18\n'],
    ['package.json', '{ "scripts": { "a": "pkg --targets node18-linux-x64" } }'],
    ['.devcontainer/devcontainer.json', '{ "name": "Node", "build": { "args": { "VARIANT": "18-bullseye" } } }'],
    ['.pre-commit-config.yaml', 'repos: [{ hooks: [{ id: eslint, language_version: 18.19.0 }] }]\n'],
    ['action.yml', 'runs: { using: node16 }\n'],
    ['lib/api-stack.ts', 'new F(this, { runtime: Runtime.NODEJS_18_X });\n'],
  ])('%s: %s', async (path, text) => {
    expect(await check({ [path]: text }, {})).toEqual([`${path}:1`]);
  });
});

describe('is no Node', () => {
  it.each([
    ['Dockerfile', 'FROM kindest/node:v1.29.2\nARG V=v1.29\nFROM calico/node:$V\nENV OTHER_VERSION=18 MIN=18\n'],
    ['Dockerfile', 'ARG BASE=golang:1.18\nFROM $BASE\nRUN head -n 18 a && echo node n 18\n'],
    [
      'Makefile',
      'PNPM_VERSION=8\nGO_NODE_VERSION=18\nTAG=acme:18\nnode:\n\tdocker build -t acme/node:18 .\n\ttail -n 18 log\n',
    ],
    ['a.sh', 'if [ "$NODE_VERSION" = 18 ]; then echo node; fi\nK8S=1; NODE_VERSION=1.27\n'],
    ['main.tf', 'node_version = "1.27.3-gke.100"\n'],
    ['mise.toml', '[tools]\n"npm:node-thing" = "18"\n[tools.python]\nversion = "3.12"\n[tools.java]\nversion = "18"\n'],
    ['buildspec.yml', 'phases: { install: { runtime-versions: { java: 18 } } }\n'],
    ['.gitlab-ci.yml', 't: { parallel: { matrix: [{ NODE: [1, 2, 10], JAVA: ["18"] }] } }\n'],
    [
      '.circleci/config.yml',
      'steps: [{ pnpm/install: { version: "8" } }]\nx: { parameters: { version: { default: "18" } } }\n',
    ],
    ['azure-pipelines.yml', '- { task: UseNode@1 }\n- { task: UseDotNet@2, inputs: { version: 8.x } }\n'],
    ['.github/actions/a/action.yml', "inputs: { java: { default: '18' }, count: { default: '10' } }\n"],
    [
      '.devcontainer/devcontainer.json',
      '{ "features": { "ghcr.io/a/java:1": { "version": "18" }, "ghcr.io/a/node:1": { "version": "lts" } } }',
    ],
    ['.pre-commit-config.yaml', 'default_language_version: { python: "3.12", ruby: "3.3" }\n'],
    ['.env', 'PORT=18\nJAVA_VERSION=18\n'],
    ['render.yaml', '- key: JAVA_VERSION\n  value: 18\n'],
    ['compose.yml', 'a: { environment: { HOST: "node:8080" }, build: { args: { JAVA: "18" } } }\n'],
    ['package.json', '{ "scripts": { "a": "docker run -p 80:18 java:18", "b": "head -n 18 a" }, "node18-thing": "1" }'],
    ['flake.nix', 'pkgs.nodejs pkgs.python_18 pkgs.jdk18\n'],
    ['Dockerfile', 'RUN apk add python3=3.12 openjdk=18\n'],
  ])('%s: %j', async (path, text) => {
    expect(await check({ [path]: text }, {})).toEqual([]);
  });
});
