import fs from 'node:fs';

export const size = (path) => fs.statSync(path).size;
