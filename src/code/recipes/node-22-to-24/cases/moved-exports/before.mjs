import { builtinModules, start } from 'node:repl';
import { createCredentials } from 'node:crypto';
import { tmpDir } from 'node:os';
import { createRequireFromPath as requireFrom } from 'node:module';

export const found = builtinModules.includes('fs');
export const require = requireFrom('/tmp/x.js');
export const context = createCredentials({});
export const folder = tmpDir();
start();
