import fs, { constants, openSync, rmSync, ftruncateSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';

const log = openSync('log.txt', 'r+');
ftruncateSync(log, 0);
fs.truncateSync('other.txt', 0);
fs.access('log.txt', fs.constants.R_OK | fs.constants.W_OK, () => {});
fs.accessSync('log.txt', constants.F_OK);
rmSync('build', { recursive: true, force: true });
await rm('cache', { recursive: true, force: true });
await rmdir('empty');
