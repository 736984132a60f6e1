import semver from 'semver';
import { lineOf } from './version-line.ts';

/**
 * A declared range moved to another version in its own style: `^`, `~`, exact, `v`, `>=`, x-ranges, the prefix of an alias
 * or `workspace:`. What cannot be kept in style (unions, tags, `*`) becomes `^`. Pure.
 */
export function restyled(declared: string, version: string): string {
  const prefix = /^(npm:(?:@[^/@]+\/)?[^@]+@|workspace:)/.exec(declared)?.[0] ?? '';
  const range = declared.slice(prefix.length).trim();
  return prefix + restyledRange(range, version);
}

function restyledRange(range: string, version: string): string {
  if (semver.valid(range) !== null) return range.replace(/^(\s*[v=]*\s*).*$/, `$1${version}`);
  const operator = /^(\^|~|>=)\s*v?[\dxX*.]+[\w.+-]*$/.exec(range)?.[1];
  if (operator === '>=') return `>=${version} <${nextLine(version)}`;
  if (operator !== undefined) return operator + shortened(range.slice(operator.length), version);
  const bounded = /^>=\s*[\d.]+[\w.+-]*\s+<\s*[\d.]+[\w.+-]*$/.test(range);
  if (bounded) return `>=${version} <${nextLine(version)}`;
  if (/^\d+(\.(\d+|x|X|\*))?(\.(x|X|\*))?$/.test(range)) return xRange(range, version);
  return `^${version}`;
}

/** `^18` stays short where it can: the parts that were not written are not written now. */
function shortened(written: string, version: string): string {
  const parts = written.split('.').length;
  const isShort = parts < 3 && semver.prerelease(version) === null;
  return isShort ? version.split('.').slice(0, parts).join('.') : version;
}

/** `18`, `18.x`, `4.17.x`: as many parts as were written. */
function xRange(range: string, version: string): string {
  const parts = version.split('.');
  return range
    .split('.')
    .map((part, index) => (/\d/.test(part) ? (parts[index] ?? part) : part))
    .join('.');
}

function nextLine(version: string): string {
  const [major = '0', minor] = lineOf(version).split('.');
  return minor === undefined ? `${Number(major) + 1}.0.0` : `${major}.${Number(minor) + 1}.0`;
}
