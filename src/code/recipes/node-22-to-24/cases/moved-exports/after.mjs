import { start } from 'node:repl';
import { builtinModules } from 'node:module';
import { createSecureContext } from 'node:tls';
import { tmpdir } from 'node:os';
import { createRequire as requireFrom } from 'node:module';

export const found = builtinModules.includes('fs');
export const require = requireFrom('/tmp/x.js');
export const context = createSecureContext({});
export const folder = tmpdir();
start();
