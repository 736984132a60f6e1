import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { filesModules } from './files-module.ts';
import type { Provided } from './module-loader.ts';
import type { Grants } from './protocol.ts';
import type { StagedFiles } from './staged-files.ts';
import { StepFailed } from './workflow-modules.ts';

const networkModules = /^(node:)?(http2?|https|net|tls|dgram|dns)(\/|$)/;
const processModules = /^(node:)?(child_process|cluster|worker_threads)$/;

/**
 * What stands in for modules that a transform names: our own, files that are staged, and refusals of what is not granted.
 * Importing what starts programs is harmless, and transforms import more than they use; calling it is refused.
 */
export function providedBy(
  grants: Grants,
  files: StagedFiles,
  own: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Provided {
  const { fs, promises } = filesModules(files);
  return {
    find(specifier) {
      if (Object.hasOwn(own, specifier)) return own[specifier];
      if (specifier === 'codemod:llm')
        return { refused: 'codemod:llm asks a language model; godwit gives transforms none.' };
      if (specifier.startsWith('codemod:')) return { refused: `${specifier} is not known to godwit.` };
      if (networkModules.test(specifier) && !grants.network) {
        return { refused: `${specifier} opens connections, which is not granted (--allow-network).` };
      }
      if (processModules.test(specifier) && !grants.run) return notGranted;
      // A transform that may run programs works on a copy on disk, which both see.
      if (grants.run) return undefined;
      if (/^(node:)?fs$/.test(specifier)) return { ...fs, default: fs };
      return /^(node:)?fs\/promises$/.test(specifier) ? { ...promises, default: promises } : undefined;
    },
  };
}

const notGranted = Object.fromEntries(
  ['exec', 'execSync', 'execFile', 'execFileSync', 'spawn', 'spawnSync', 'fork', 'Worker'].map((name) => [
    name,
    // No arrow: a transform may say `new` to it.
    function refuse() {
      throw new Error(`${name}() starts another program, which is not granted (--allow-run).`);
    },
  ]),
);

/** Takes away what no module has to be imported for. The permission model holds the rest, but for the network before Node 25. */
export function fence({ network }: Grants): void {
  const refuse = (what: string): never => {
    throw new StepFailed(`${what} is not for transforms.`);
  };
  process.exit = () => refuse('process.exit()');
  if (network) return;
  const without = (name: string) => () => refuse(`${name}() without --allow-network`);
  for (const name of ['fetch', 'WebSocket', 'EventSource'])
    Object.defineProperty(globalThis, name, { value: without(name), configurable: true });
  // Whatever way leads to these modules, connections and names of servers are asked for here.
  for (const [of, names] of networkCalls) {
    for (const name of names) Object.defineProperty(of, name, { value: without(name), configurable: true });
  }
  syncBuiltinESMExports();
}

const resolving = (of: object): readonly string[] =>
  [...Object.keys(of), ...Object.getOwnPropertyNames(Object.getPrototypeOf(of))].filter((name) =>
    /^(lookup|resolve|reverse)/.test(name),
  );
const networkCalls: readonly (readonly [of: object, names: readonly string[]])[] = [
  [net.Socket.prototype, ['connect']],
  [net.Server.prototype, ['listen']],
  [dgram.Socket.prototype, ['bind', 'connect', 'send']],
  [dns, resolving(dns)],
  [dns.promises, resolving(dns.promises)],
  [dns.Resolver.prototype, resolving(new dns.Resolver())],
  [dns.promises.Resolver.prototype, resolving(new dns.promises.Resolver())],
  // Bindings without their modules.
  [process, ['binding', '_linkedBinding']],
];
