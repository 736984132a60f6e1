import { findAll } from '../text/search-text.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
import type { Found, ImageArguments } from '../version-place.ts';

/** An argument that is set, its value with it: `name` and all that stands behind the sign between them. */
export type SetArgument = Found & { readonly name: string };

/** True for a file of BuildKit. Pure. */
export function isBakeFile(path: string): boolean {
  return /(^|\/)docker-bake[\w.-]*\.hcl$/.test(path);
}

/** Every argument of a build that a file sets: in YAML, by a command or an action, and in a file of BuildKit. Pure. */
export function setArguments(text: string): readonly SetArgument[] {
  return [...inYaml(text), ...inCommands(text), ...inBake(text)];
}

/** What is looked for in arguments: the pattern of an image, that of a version, and names that mean it wherever they stand. */
export type ArgumentSearch = {
  readonly language: string;
  readonly image: string;
  readonly number: string;
  readonly name: string;
};

/** Certain are names that mean it wherever they stand, whole images, and arguments that say nothing else in a Dockerfile. Pure. */
export function judgedArgument(
  { name, value, offset }: SetArgument,
  told: ImageArguments | undefined,
  search: ArgumentSearch,
): readonly Found[] {
  const image = new RegExp(`^${search.image}$`).exec(value)?.[1];
  if (image !== undefined) return [{ value: image, offset: offset + value.length - image.length }];
  const [, start = '', held = value] = /^(\$\{\w+:?-)([^{}$]*)\}$/.exec(value) ?? [];
  if (!new RegExp(`^${search.number}$`).test(held)) return [];
  const found = { value: held, offset: offset + start.length };
  if (new RegExp(`^(?:${search.name})$`, 'i').test(name) || told?.only.has(name) === true) return [found];
  const stays = `it sets an argument that a Dockerfile uses for something else than the version of ${search.language} too`;
  return told?.shared.has(name) === true ? [{ ...found, stays }] : [];
}

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
