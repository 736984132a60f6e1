import fs, { F_OK, mkdirSync, mkdtempSync, openSync, rmdirSync, truncateSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';

const log = openSync('log.txt', 'r+');
truncateSync(log, 0);
fs.truncateSync('other.txt', 0);
fs.access('log.txt', fs.R_OK | fs.W_OK, () => {});
fs.accessSync('log.txt', F_OK);
const scratch = mkdtempSync('/tmp/x-');
rmdirSync(scratch, { recursive: true });
rmdirSync(process.argv[2], { recursive: true });
await rmdir('dist', { recursive: true });
mkdirSync('dist');
mkdirSync('cache', { recursive: true });
await rmdir('cache', { recursive: true, maxRetries: 2 });
await rmdir('empty');
