import { join, resolve } from 'node:path';
import { chooseAccount } from './account.ts';
import { provideBinaries } from './binaries.ts';
import { openCache } from './cache.ts';
import { type ClusterRequest, passwordGroup, writeSettings } from './cluster.ts';
import { removeDirectory } from './command.ts';
import { prepareHome, temporaryPlace } from './home.ts';
import { type Launched, launch } from './launch.ts';
import { type Machine, thisMachine } from './machine.ts';
import { packageVersion } from './package-pin.ts';
import { ownerTag } from './processes.ts';
import { homePrefix, sweep } from './sweep.ts';

export type EmbeddedOptions = {
  /** 12 to 18; default 18. All but 18 are fetched once through npm. */
  readonly major?: number;
  /** Where data and log are kept. What is there already is used again. Default: a temporary directory, removed at the end. */
  readonly directory?: string;
  /** Settings of postgresql.conf, over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False: no fsync and no full page images, for data that a crash of the machine may take. Default true. */
  readonly durable?: boolean;
  /** True: the temporary directory stays after the end. */
  readonly keep?: boolean;
  readonly signal?: AbortSignal;
  readonly machine?: Machine;
  /** The npm package with the binaries, where it shall not be looked up. */
  readonly packageDirectory?: string;
};

export type EmbeddedServer = {
  /** Of the superuser postgres and the database postgres, by TCP on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  readonly major: number;
  /** Such as 18.4. */
  readonly version: string;
  /** Holds `data` and `server.log`. */
  readonly directory: string;
  /** Name of the role, to be made where it is wanted, whose members enter with a password alone. */
  readonly passwordGroup: string;
  /** Ends the server, and removes its directory unless it is to be kept. May be called again. */
  readonly stop: () => Promise<void>;
  readonly urlOf: (database: string, user?: string, password?: string) => string;
};

/**
 * Starts a PostgreSQL server of our own, from the binaries in npm packages, on a free port of 127.0.0.1 and with no
 * socket. It ends when this process ends, however that may be. Every user of this machine can enter it, as any role
 * that is not a member of `password_required`. Throws `embedded-missing` with what to do, `bad-input` for settings.
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const { major = 18, machine = thisMachine(), signal } = options;
  packageVersion(major);
  const given = options.directory === undefined ? undefined : resolve(options.directory);
  const account = await chooseAccount(machine, given === undefined ? undefined : join(given, 'data'));
  const cache = await openCache(machine, account);
  const temporary = await temporaryPlace(machine, account, cache);
  await sweep({ temporary, cache }, account, machine);
  const binaries = await provideBinaries({
    major,
    machine,
    account,
    cache,
    signal,
    packageDirectory: options.packageDirectory,
  });
  const home = given ?? join(temporary, await homeName(options, machine));
  const isThrownAway = given === undefined && options.keep !== true;
  const isSynced = !isThrownAway && options.durable !== false;
  const request: ClusterRequest = { binaries, major, machine, account, cache, isSynced, signal };
  try {
    await prepareHome(home, request);
    await writeSettings(join(home, 'data'), settingsOf(options), request);
    return serverOf(await launch(home, isThrownAway, request), { home, isThrownAway, request });
  } catch (error) {
    if (isThrownAway) await removeDirectory(home, account, machine.env);
    throw error;
  }
}

async function homeName({ keep }: EmbeddedOptions, machine: Machine): Promise<string> {
  const name = `${await ownerTag(machine)}-${machine.randomWord()}`;
  return keep === true ? `godwit-kept-${name}` : `${homePrefix}${name}`;
}

function settingsOf({ durable = true, settings }: EmbeddedOptions): Readonly<Record<string, string>> {
  const safety = durable ? 'on' : 'off';
  return {
    max_connections: '100',
    shared_preload_libraries: 'pg_stat_statements',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: safety,
    full_page_writes: safety,
    ...settings,
  };
}

type Place = { readonly home: string; readonly isThrownAway: boolean; readonly request: ClusterRequest };

function serverOf({ port, server }: Launched, { home, isThrownAway, request }: Place): EmbeddedServer {
  const { account, binaries, machine, major } = request;
  const urlOf = (database: string, user = 'postgres', password?: string) => {
    const login = [user, ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':');
    return `postgresql://${login}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  };
  const stop = async () => {
    server.end();
    await server.ended;
    // Where the server had ended before, by itself, its watchdog left the directory for the log in it.
    if (isThrownAway) await removeDirectory(home, account, machine.env);
  };
  const version = /^\d+\.\d+/.exec(binaries.packageVersion)?.[0] ?? binaries.packageVersion;
  return { url: urlOf('postgres'), port, major, version, directory: home, passwordGroup, stop, urlOf };
}
