// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are files that are looked at
import { expect, it } from 'vitest';
import { imageVariables } from './image-variables.ts';

const node = { image: 'node', version: '(v?\\d[\\w.-]*)', known: /^NODE_VERSION$/ };
const valuesIn = (text: string) => {
  const { only, shared } = imageVariables(text, node);
  for (const { value, offset } of [...only, ...shared]) expect(text.slice(offset).startsWith(value)).toBe(true);
  return [only, shared].map((found) => found.map(({ value }) => value));
};

it.each([
  ['ARG N=18\nFROM node:${N}\n', ['18'], []],
  ['ARG N="18-slim"\nFROM --platform=x ghcr.io/a/node:$N AS a\nFROM node:${N}\n', ['18-slim'], []],
  ['ARG R\nARG N=18\nFROM ${R}/node:${N}-slim\n', ['18'], []],
  ['ARG N=18\nFROM node:${N}\nARG N\nRUN echo $N\n', [], ['18']],
  ['ARG N=18\nFROM node:${N}@sha256:00\n', [], ['18']],
  ['ARG N=18\nFROM ruby:${N}\n', [], []],
  ['ARG N=18\nARG NN=20\nFROM node:${N}\nRUN echo $NN\n', ['18'], []],
  ['ARG NODE_VERSION=18\nFROM node:${NODE_VERSION}\n', [], []],
  ['ARG N=latest\nFROM node:${N}\n', [], []],
  ['FROM node:${N:-18}\n', ['18'], []],
  ['variables: { NODE_VERSION: "18" }\nimage: "node:${NODE_VERSION}"\n', ['18'], []],
  ['variables:\n  N: 18.2 # old\nimage:\n  name: node:$N\n', ['18.2'], []],
  ['variables:\n  N: "18"\na:\n  image: node:$N\n  script:\n    - use $N\n', [], ['18']],
  ['a:\n  parallel:\n    matrix:\n      - N: ["18", "20"]\n  image: node:$N\n', ['18', '20'], []],
])('%j', (text, only, shared) => expect(valuesIn(text)).toEqual([only, shared]));
