import type { NamedChange } from '#core/named-change';
import { look } from './look-at-code.ts';

export type Files = Readonly<Record<string, string>>;

/** Each file after the last edit, and what is said of every use: `-` where it has no patch, `?` where it is possible. */
export async function lookAcross(files: Files, changes?: readonly NamedChange[], tools = ['knex', 'kysely']) {
  const manifest = JSON.stringify({ dependencies: Object.fromEntries(tools.map((tool) => [tool, '1'])) });
  const { uses, edited } = await look({ 'package.json': manifest, ...files }, changes);
  return {
    final: { ...files, ...Object.fromEntries(edited.map(({ path, final }) => [path, final])) },
    said: uses.map(({ path, line, kind, doubt, unedited }) => {
      const mark = doubt !== undefined ? '?' : unedited !== undefined ? '-' : '';
      return { place: `${path}:${line}${mark}`, kind: `${path}:${line} ${kind}${mark}` };
    }),
    reasons: uses.flatMap(({ doubt, unedited }) => doubt ?? unedited ?? []),
  };
}
