import { generateKeyPair, generateKeyPairSync } from 'node:crypto';
import { promisify } from 'node:util';

const hash = 'sha256';
const shared = { modulusLength: 2048, hash };
const make = promisify(generateKeyPair);
export const first = generateKeyPairSync('rsa-pss', { ...shared, mgf1Hash: 'sha1' });
export const second = await make('rsa-pss', process.env.OLD ? { modulusLength: 1024, 'hash': 'sha1' } : shared);
export const third = (options: { modulusLength: number }) => generateKeyPairSync('rsa-pss', options);
export const other = generateKeyPairSync('rsa', { modulusLength: 2048, hash } as { modulusLength: number });
