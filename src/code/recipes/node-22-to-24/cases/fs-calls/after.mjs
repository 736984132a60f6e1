import fs, { constants, mkdirSync, mkdtempSync, openSync, rmSync, rmdirSync, ftruncateSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';

const log = openSync('log.txt', 'r+');
ftruncateSync(log, 0);
fs.truncateSync('other.txt', 0);
fs.access('log.txt', fs.constants.R_OK | fs.constants.W_OK, () => {});
fs.accessSync('log.txt', constants.F_OK);
const scratch = mkdtempSync('/tmp/x-');
rmSync(scratch, { recursive: true });
rmdirSync(process.argv[2], { recursive: true });
await rmdir('dist', { recursive: true });
mkdirSync('dist');
mkdirSync('cache', { recursive: true });
await rm('cache', { recursive: true, maxRetries: 2 });
await rmdir('empty');
