import { isCommandPlace } from '../command-files.ts';
import { nodeImage, nodeNumber, nodeVariable } from '../image/node-image.ts';
import { baseName, findAll } from '../text/search-text.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
import type { Found, ImageArguments, VersionPlace } from '../version-place.ts';

/** An argument that is set, its value with it: `name` and all that stands behind the sign between them. */
type SetArgument = Found & { readonly name: string };

const isCompose = (path: string): boolean => /^(docker-)?compose(\.[\w.-]+)?\.ya?ml$/.test(baseName(path));
const isBake = (path: string): boolean => /^docker-bake[\w.-]*\.hcl$/.test(baseName(path));

/** What sets an argument of a Dockerfile goes where its default goes. */
export const buildArgument: VersionPlace = {
  id: 'build-argument',
  reads: 'Docker, Podman, BuildKit, Compose',
  example: {
    path: 'compose.yaml',
    text: 'services:\n  a:\n    build:\n      args:\n        NODE_VERSION: "⟦18.19⟧"\n        BASE: node:⟦18-slim⟧\n        TINI: "18"\n  b: { build: { args: [NODE_MAJOR=⟦18⟧] } }\n',
  },
  isIn: (path) => isCompose(path) || isBake(path) || baseName(path) === 'package.json' || isCommandPlace(path),
  find: (text, told) =>
    [...inYaml(text), ...inCommands(text), ...inBake(text)]
      .flatMap((argument) => judged(argument, told))
      .sort((one, other) => one.offset - other.offset),
};

function inYaml(text: string): readonly SetArgument[] {
  if (!/\bargs\b/.test(text)) return [];
  return yamlScalars(text).flatMap(({ keys, value, offset }) => {
    const name = /(?:^|\/)build\/args\/(\w+)$/.exec(keys)?.[1];
    if (name !== undefined) return [{ name, value, offset }];
    const pair = /(?:^|\/)build\/args\/-$/.test(keys) ? /^(\w+)=(.+)$/.exec(value) : null;
    const [, key = '', text = ''] = pair ?? [];
    return pair === null ? [] : [{ name: key, value: text, offset: offset + key.length + 1 }];
  });
}

/** `--build-arg NAME=…` of a command, and the lines behind `build-args:` of an action. */
function inCommands(text: string): readonly SetArgument[] {
  const lists = findAll(
    text,
    /\bbuild-args["']?[ \t]*:[ \t]*(?:[|>][-+]?)?[ \t]*\r?\n?((?:[ \t]*\w+=[^\n]*(?:\n|$))+)/dg,
  );
  return [
    ...pairs(text, /--build-arg[ \t=]+\\?["']?(\w+=[^\s"'\\]+)/dg),
    ...lists.flatMap((list) =>
      pairs(list.value, /^[ \t]*(\w+=[^\s"'\\]+)/dgm).map((pair) => ({ ...pair, offset: pair.offset + list.offset })),
    ),
  ];
}

function pairs(text: string, pattern: RegExp): readonly SetArgument[] {
  return findAll(text, pattern).map(({ value, offset }) => {
    const at = value.indexOf('=') + 1;
    return { name: value.slice(0, at - 1), value: value.slice(at), offset: offset + at };
  });
}

function inBake(text: string): readonly SetArgument[] {
  const variables = [...text.matchAll(/\bvariable[ \t]+"(\w+)"[ \t]*\{[^{}]*?\bdefault[ \t]*=[ \t]*"([^"$]*)"/dg)];
  const args = [...text.matchAll(/\bargs[ \t]*=[ \t]*\{([^{}]*)\}/dg)].flatMap((block) =>
    [...(block[1] ?? '').matchAll(/["']?(\w+)["']?[ \t]*=[ \t]*"([^"$]*)"/dg)].map((match) => ({
      name: match[1] ?? '',
      value: match[2] ?? '',
      offset: (block.indices?.[1]?.[0] ?? 0) + (match.indices?.[2]?.[0] ?? 0),
    })),
  );
  return [
    ...variables.map((match) => ({
      name: match[1] ?? '',
      value: match[2] ?? '',
      offset: match.indices?.[2]?.[0] ?? 0,
    })),
    ...args,
  ];
}

const isNumber = new RegExp(`^${nodeNumber}$`);

/** Certain are names that mean Node wherever they stand, whole images, and arguments that say nothing else in a Dockerfile. */
export function judged({ name, value, offset }: SetArgument, told: ImageArguments | undefined): readonly Found[] {
  const image = new RegExp(`^${nodeImage}$`).exec(value)?.[1];
  if (image !== undefined) return [{ value: image, offset: offset + value.length - image.length }];
  const [, start = '', held = value] = /^(\$\{\w+:?-)([^{}$]*)\}$/.exec(value) ?? [];
  if (!isNumber.test(held)) return [];
  const found = { value: held, offset: offset + start.length };
  if (new RegExp(`^${nodeVariable}$`, 'i').test(name) || told?.only.has(name) === true) return [found];
  const stays = 'it sets an argument that a Dockerfile uses for something else than the version of Node too';
  return told?.shared.has(name) === true ? [{ ...found, stays }] : [];
}
