import fs, { F_OK, openSync, rmdirSync, truncateSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';

const log = openSync('log.txt', 'r+');
truncateSync(log, 0);
fs.truncateSync('other.txt', 0);
fs.access('log.txt', fs.R_OK | fs.W_OK, () => {});
fs.accessSync('log.txt', F_OK);
rmdirSync('build', { recursive: true });
await rmdir('cache', { recursive: true });
await rmdir('empty');
