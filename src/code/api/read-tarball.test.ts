import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { tarballOf } from '../../../test/support/tarball.ts';
import { readTarball } from './read-tarball.ts';

const all = { unpackedBytesMax: 1_000_000, isWanted: () => true };
const long = `${'deeply/'.repeat(20)}nested.d.ts`;

it('reads files with their paths inside the package, long ones too', () => {
  const files = { 'package.json': '{}', 'a/b.js': 'x'.repeat(600), [long]: 'ü', 'empty.txt': '' };
  const read = readTarball(tarballOf(files), all);
  expect(Object.fromEntries([...read].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))).toEqual(files);
});

it('passes over what is not wanted, and what leads out of the package', () => {
  const files = { 'a.js': '', 'a.png': '', '../../evil.js': '' };
  const read = readTarball(tarballOf(files), { ...all, isWanted: (path) => path.endsWith('.js') });
  expect([...read.keys()]).toEqual(['a.js']);
});

it('refuses an archive that unpacks to more than is allowed, and one that is none', () => {
  const bomb = gzipSync(Buffer.alloc(2_000_000));
  expect(() => readTarball(bomb, all)).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
  expect(() => readTarball(Buffer.from('no archive'), all)).toThrow(expect.objectContaining({ code: 'Z_DATA_ERROR' }));
});
