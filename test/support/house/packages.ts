import * as z from 'zod';
import type { Breach } from '../house.ts';

/** Every dependency has a line in ARCHITECTURE.md that says why we do not write it ourselves. */
export function dependenciesAreExplained(dependencies: readonly string[], architecture: string): readonly Breach[] {
  const lines = architecture.split('\n').filter((line) => /^(\||-) /.test(line));
  return dependencies
    .filter((name) => !lines.some((line) => line.includes(`\`${name}\``)))
    .map((name) => ({ file: 'ARCHITECTURE.md', line: 1, message: `${name} has no line; say why we do not write it` }));
}

const names = z.record(z.string(), z.string()).default({});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dependencies: names, optionalDependencies: names, resolved: z.string().optional() }),
  ),
});

/**
 * The lock file holds every package that a locked package names, for every platform, and no address. A lock written where
 * a platform's package could not be had lacks it, and `npm ci` then refuses the lock on every machine.
 */
export function lockIsComplete(text: string): readonly Breach[] {
  const { packages } = lockSchema.parse(JSON.parse(text));
  return Object.entries(packages).flatMap(([at, { dependencies, optionalDependencies, resolved }]) => {
    const wanted = Object.keys({ ...dependencies, ...optionalDependencies });
    const missing = wanted.filter((name) => !placesFor(at, name).some((place) => place in packages));
    const messages = missing.map(
      (name) => `${name}, wanted by ${at}, is not locked; pin a version that all platforms have`,
    );
    const addressed =
      resolved === undefined ? [] : [`${at} names an address; write the lock with the project's .npmrc`];
    return [...messages, ...addressed].map((message) => ({ file: 'package-lock.json', line: 1, message }));
  });
}

/** Where Node would look for a package, from the folder of the package that wants it upwards. */
function placesFor(at: string, name: string): readonly string[] {
  const homes = at
    .split('/node_modules/')
    .map((_, index, parts) => parts.slice(0, parts.length - index).join('/node_modules/'));
  return [...homes.filter((home) => home !== '').map((home) => `${home}/node_modules/${name}`), `node_modules/${name}`];
}
