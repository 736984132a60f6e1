import { gunzipSync } from 'node:zlib';

/** Files of a package by their path inside it, as bytes. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export type TarballLimits = {
  /** Of the whole archive, unpacked; a larger one throws `ERR_BUFFER_TOO_LARGE`. */
  readonly unpackedBytesMax: number;
  /** Files for which this is false are passed over. */
  isWanted(path: string, bytes: number): boolean;
};

const blockBytes = 512;

/**
 * Reads the wanted files of an npm tarball in memory: ustar with the extended headers of pax and the long names of GNU,
 * the first folder of each path taken off as npm does. Links and devices are passed over, and so is a path that leads out
 * of the package. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html names the fields.
 */
export function readTarball(tarball: Uint8Array, limits: TarballLimits): PackageFiles {
  const archive = gunzipSync(tarball, { maxOutputLength: limits.unpackedBytesMax });
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + blockBytes <= archive.length; ) {
    const header = archive.subarray(at, at + blockBytes);
    if (header[0] === 0) break;
    const size = numberAt(header, { from: 124, to: 136 });
    const body = archive.subarray(at + blockBytes, at + blockBytes + size);
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === 'x') longName = paxPath(body) ?? longName;
    else if (kind === 'L') longName = textAt(body, { from: 0, to: body.length });
    else if (kind === 'g') continue;
    else {
      const path = insidePath(longName ?? shortName(header));
      longName = undefined;
      const isFile = kind === '0' || kind === '\0' || kind === '7';
      if (isFile && path !== undefined && limits.isWanted(path, size)) files.set(path, Uint8Array.from(body));
    }
  }
  return files;
}

type Range = { readonly from: number; readonly to: number };

function textAt(bytes: Uint8Array, { from, to }: Range): string {
  const field = bytes.subarray(from, to);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function numberAt(header: Uint8Array, range: Range): number {
  const value = Number.parseInt(textAt(header, range).trim(), 8);
  return Number.isNaN(value) ? 0 : value;
}

function shortName(header: Uint8Array): string {
  const name = textAt(header, { from: 0, to: 100 });
  const isUstar = textAt(header, { from: 257, to: 262 }) === 'ustar';
  const prefix = isUstar ? textAt(header, { from: 345, to: 500 }) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records are `<length> <key>=<value>\n`, the length in bytes and of the whole record. */
function paxPath(body: Uint8Array): string | undefined {
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(32, at);
    const length = space === -1 ? 0 : Number.parseInt(new TextDecoder().decode(body.subarray(at, space)), 10);
    if (!(length > 0)) return undefined;
    const record = new TextDecoder().decode(body.subarray(space + 1, at + length - 1));
    if (record.startsWith('path=')) return record.slice('path='.length);
    at += length;
  }
  return undefined;
}

function insidePath(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length < 2 || parts.includes('..') ? undefined : parts.slice(1).join('/');
}
