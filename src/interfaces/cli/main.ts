#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const version = versionIn(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const [first] = process.argv.slice(2);

// Whoever asks only for the version does not wait for the rest to be loaded.
if (first === '--version' || first === '-V') {
  process.stdout.write(`${version}\n`);
} else {
  if (first === 'lint') void import('#app/lint/warm-lint').then(({ warmLint }) => warmLint());
  const { runCommandLine } = await import('./run-command-line.ts');
  process.exitCode = await runCommandLine({ version, process });
  // A connection that a library forgot must not keep a finished command alive.
  setTimeout(() => process.exit(), 1_000).unref();
}

function versionIn(text: string): string {
  const manifest: unknown = JSON.parse(text);
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}
