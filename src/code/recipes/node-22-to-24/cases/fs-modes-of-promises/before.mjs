import { promises as files, R_OK, W_OK } from 'node:fs';

await files.access('/tmp', R_OK);
