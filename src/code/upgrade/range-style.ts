import semver from 'semver';
import { lineOf } from './version-line.ts';

/** `18`, `18.x`, `4.17.x` */
const xForm = /^\d+(\.(\d+|x|X|\*))?(\.(x|X|\*))?$/;
const operatorForm = /^(\^|~)\s*v?\d[\w.+*-]*$/;
const openForm = /^>=?\s*v?\d[\w.+-]*(\s+<=?\s*v?\d[\w.+-]*)?$/;

/**
 * A declared range moved to another version in its own style: `^`, `~`, exact, `v`, `>=`, x-ranges, and the prefix of an
 * alias (`npm:name@`). Unions, tags and `*` become `^`. An open range gets a bound where `isNewestLine` is false, or it would take
 * in what is published above the version's line. `now` is the text that stands there, where that is not the one whose style is
 * kept: it always changes, since a lock file keeps what a range still takes in. Pure.
 */
export function restyled(
  declared: string,
  version: string,
  { isNewestLine, now = declared }: { readonly isNewestLine: boolean; readonly now?: string },
): string {
  const prefix = aliasPrefix(declared);
  const range = declared.slice(prefix.length).trim();
  const styled = prefix + inStyle(range, version, isNewestLine);
  return styled.replaceAll(' ', '') === now.replaceAll(' ', '') ? prefix + fully(range, version) : styled;
}

/** Exactly one version, behind the prefix of an alias. */
export function exactly(declared: string, version: string): string {
  return aliasPrefix(declared) + version;
}

/** `npm:name@` where a declared range has it; else nothing. */
export function aliasPrefix(declared: string): string {
  return /^npm:(?:@[^/@]+\/)?[^@]+@/.exec(declared)?.[0] ?? '';
}

function inStyle(range: string, version: string, isNewestLine: boolean): string {
  if (semver.valid(range, { loose: true }) !== null) return range.replace(/^([v=\s]*).*$/, `$1${version}`);
  const operator = operatorForm.exec(range)?.[1];
  if (operator !== undefined) return operator + shortened(range.slice(operator.length).trim(), version);
  if (openForm.test(range))
    return isNewestLine && !range.includes('<') ? `>=${version}` : `>=${version} <${nextLine(version)}`;
  if (xForm.test(range)) return xRange(range, version);
  return `^${version}`;
}

/** The same text would leave the lock file as it is, so the whole version is written. */
function fully(range: string, version: string): string {
  return range.startsWith('~') ? `~${version}` : `^${version}`;
}

/** `^18` stays short: the parts that were not written are not written now. */
function shortened(written: string, version: string): string {
  const parts = written.split('.').filter((part) => /\d/.test(part)).length;
  const isShort = parts < 3 && semver.prerelease(version) === null && semver.major(version) > 0;
  return isShort ? version.split('.').slice(0, parts).join('.') : version;
}

function xRange(range: string, version: string): string {
  const parts = version.split('.');
  return range
    .split('.')
    .map((part, index) => (/\d/.test(part) ? (parts[index] ?? part) : part))
    .join('.');
}

/** The lowest version above a version's line. */
export function nextLine(version: string): string {
  const [major = '0', minor] = lineOf(version).split('.');
  return minor === undefined ? `${Number(major) + 1}.0.0` : `${major}.${Number(minor) + 1}.0`;
}

/**
 * A range of peers that takes in another line too: `^18` and 19.2.0 are `^18 || ^19`. Nothing is taken out, and the new part is
 * as short as the last one was. Pure.
 */
export function widened(range: string, version: string): string {
  const last = range.split('||').at(-1)?.trim() ?? range;
  const parts = Math.max(
    1,
    last
      .replace(/^[^\d]*/, '')
      .split(/[\s-]/)[0]
      ?.split('.')
      .filter((part) => /^\d+$/.test(part)).length ?? 1,
  );
  const base = semver.prerelease(version) === null ? baseOf(version) : version;
  const short =
    semver.major(version) > 0 && semver.prerelease(version) === null ? base.split('.').slice(0, parts).join('.') : base;
  return `${range} || ^${short}`;
}

/** The first version of a version's line. */
function baseOf(version: string): string {
  const line = lineOf(version);
  return line.includes('.') ? `${line}.0` : `${line}.0.0`;
}
