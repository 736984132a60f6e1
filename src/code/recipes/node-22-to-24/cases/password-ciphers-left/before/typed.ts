import { createDecipher } from 'node:crypto';

export const open = (password: string) => createDecipher('aes256', password);
