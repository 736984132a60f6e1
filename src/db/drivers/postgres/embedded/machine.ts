import { randomBytes } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { findFreePort } from './free-port.ts';

/** What the embedded server has to know of the machine and process that it runs in; tests hand in another one. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** Undefined where the system has no user ids (Windows). */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly pid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly temporaryDirectory: string;
  /** Set where the usual place for caches shall not be used. */
  readonly cacheDirectory: string | undefined;
  /** A short random word for names that nobody else uses. */
  readonly randomWord: () => string;
  /** A port of 127.0.0.1 that is free at the moment. */
  readonly findFreePort: () => Promise<number>;
};

/** The machine and process that we are. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    architecture: process.arch,
    uid: process.getuid?.(),
    gid: process.getgid?.(),
    pid: process.pid,
    env: process.env,
    homeDirectory: homedir(),
    temporaryDirectory: tmpdir(),
    cacheDirectory: undefined,
    randomWord: () => randomBytes(4).toString('hex'),
    findFreePort,
  };
}
