import fs from 'node:fs';
import ms from 'ms';

export const wait = (text) => fs.existsSync(text) ? 0 : ms(text);
