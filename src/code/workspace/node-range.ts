import semver from 'semver';
import { nodeCodeNames } from '../process/node-code-names.ts';

/**
 * The versions that a value of a version place stands for, as a semver range: `v18` and `18-alpine` are 18.x, `lts/iron`
 * is 20.x. Undefined where it moves by itself (`lts/*`, `latest`) or is not a version.
 */
export function nodeRange(value: string): string | undefined {
  const plain = value
    .trim()
    .replace(/^node[@-]/, '')
    .toLowerCase();
  const name = /^lts[/_-]([a-z]+)/.exec(plain)?.[1] ?? plain.replace(/-.*$/, '');
  const major = nodeCodeNames[name];
  if (major !== undefined) return `${major}.x`;
  const image = /^v?(\d+(?:\.(?:\d+|x|\*)){0,2})(?:-[a-z][\w.-]*)?$/.exec(plain)?.[1];
  const range = semver.validRange(image ?? plain);
  return range === null || range === '*' ? undefined : range;
}
