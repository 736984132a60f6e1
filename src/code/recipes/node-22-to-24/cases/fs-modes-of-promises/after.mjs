import { promises as files } from 'node:fs';

await files.access('/tmp', files.constants.R_OK);
