#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { builtIn, loadBundle } from './bundle.ts';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const version = versionIn(builtIn('node:fs').readFileSync(`${folder}../package.json`, 'utf8'));
const [first] = process.argv.slice(2);

// Whoever asks only for the version does not wait for the rest to be loaded.
if (first === '--version' || first === '-V') {
  process.stdout.write(`${version}\n`);
} else {
  setFlags();
  const part = first === 'lint' ? 'lint' : 'godwit';
  const bundle = loadBundle({ folder, version, part });
  const { start } = bundle ?? (await (part === 'lint' ? import('./start-lint.ts') : import('./start.ts')));
  process.exitCode = await start(version);
  bundle?.keepCompiled();
  // A connection that a library forgot must not keep a finished command alive.
  setTimeout(() => process.exit(), 1_000).unref();
}

/**
 * Flags of V8, which have to be the same whenever kept code is used. Code that did not run for a while is thrown away, and
 * would be missing in what the first call keeps. And up to Node 22, V8 compiles the SQL parser's WebAssembly a second time
 * in the background while it is used, which takes three times as long as reading 3,000 files does and keeps a finished
 * process from ending (https://v8.dev/docs/wasm-compilation-pipeline). Measured: what is compiled once reads as fast.
 */
function setFlags(): void {
  const { setFlagsFromString } = builtIn('node:v8');
  setFlagsFromString('--no-flush-bytecode');
  if (Number.parseInt(process.versions.node, 10) <= 22) setFlagsFromString('--liftoff-only');
}

function versionIn(text: string): string {
  const manifest: unknown = JSON.parse(text);
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}
