import { chown, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '#core/error';
import type { Binaries } from './binaries.ts';
import { cached } from './cache.ts';
import { type Account, runCommand, serverEnv } from './command.ts';
import type { Machine } from './machine.ts';
import { buildName } from './package-pin.ts';

/** A role that is a member of the role of this name must give its password; every other may enter without one. */
export const passwordGroup = 'password_required';
const settingsFile = 'godwit.conf';
/** Counted up when what `initializeCluster` makes changes, so that older templates are left alone. */
const templateForm = 1;
const initdbTimeoutMs = 60_000;

export type ClusterRequest = {
  readonly binaries: Binaries;
  readonly major: number;
  readonly machine: Machine;
  readonly account: Account;
  readonly cache: string;
  /** True: the new data is on the disk before the server starts, so that a crash of the machine cannot take it. */
  readonly isSynced: boolean;
  readonly signal: AbortSignal | undefined;
};

/** Makes the data directory: a copy of a template cluster, which initdb makes once for each version and account. */
export async function createCluster(dataDirectory: string, request: ClusterRequest): Promise<void> {
  const { account, binaries, machine, signal } = request;
  const name = `cluster-${buildName(binaries.packageVersion, machine)}-${account.uid}-${templateForm}`;
  const template = await cached(request.cache, name, machine, (directory) => initializeCluster(directory, request));
  const options = { account, env: serverEnv(machine.env), timeoutMs: initdbTimeoutMs, signal };
  const copy = await runCommand('cp', ['-RPp', join(template, 'data'), dataDirectory], options);
  if (!copy.isDone) throw notMade(dataDirectory, copy.output);
  if (!request.isSynced) return;
  const initdb = join(binaries.directory, 'bin', 'initdb');
  const sync = await runCommand(initdb, ['--sync-only', '-D', dataDirectory], options);
  if (!sync.isDone) throw notMade(dataDirectory, sync.output);
}

async function initializeCluster(directory: string, request: ClusterRequest): Promise<void> {
  const { account, binaries, machine, major, signal } = request;
  const data = join(directory, 'data');
  await mkdir(data, { mode: 0o700 });
  if (account.isOther) await chown(data, account.uid, account.gid);
  const initdb = [join(binaries.directory, 'bin', 'initdb'), ...initdbParameters(major, machine)];
  const options = { account, env: serverEnv(machine.env), timeoutMs: initdbTimeoutMs, signal };
  const { isDone, output } = await runCommand(
    '/bin/sh',
    ['-c', initializeScript, 'sh', data, accessRules, ...initdb],
    options,
  );
  if (!isDone) throw notMade(data, output);
}

/** All of it runs under the account: root writes nothing into directories that another user could tamper with. */
const initializeScript = `set -e
data=$1 rules=$2
shift 2
"$@" -D "$data"
printf "\ninclude '${settingsFile}'\n" >> "$data/postgresql.conf"
printf '%s' "$rules" > "$data/pg_hba.conf"
`;

function initdbParameters(major: number, machine: Machine): readonly string[] {
  return ['-U', 'postgres', '-E', 'UTF8', '--auth=trust', ...localeParameters(major, machine)];
}

/** From 17 on C.UTF-8 is built in (manual: 23.1.4, "Locale Providers"); before, only Linux is sure to have it. */
function localeParameters(major: number, machine: Machine): readonly string[] {
  if (major >= 17) return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return [machine.platform === 'linux' ? '--locale=C.UTF-8' : '--locale=C'];
}

const accessRules = `host all +${passwordGroup} 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host replication all 127.0.0.1/32 trust
`;

function notMade(directory: string, output: string): Error {
  return fail('embedded-missing', {
    what: `The embedded PostgreSQL could not make its data directory ${directory}.`,
    why: output.split('\n').slice(-5).join('\n'),
    next: 'Mend what the message names (room on the disk, an entry for the user in /etc/passwd, the C library), or name a server of your own with --db URL.',
  });
}

/** Writes the settings of this start. They stand below postgresql.auto.conf, so ALTER SYSTEM still wins. */
export async function writeSettings(
  dataDirectory: string,
  settings: Readonly<Record<string, string>>,
  { account, machine, signal }: ClusterRequest,
): Promise<void> {
  const text = Object.entries(settings)
    .map(([name, value]) => settingLine(name, value))
    .join('');
  const options = { account, env: serverEnv(machine.env), timeoutMs: initdbTimeoutMs, signal };
  const parameters = ['-c', 'printf "%s" "$1" > "$2"', 'sh', text, join(dataDirectory, settingsFile)];
  const { isDone, output } = await runCommand('/bin/sh', parameters, options);
  if (!isDone) throw notMade(dataDirectory, output);
}

function settingLine(name: string, value: string): string {
  if (/^[a-z_][a-z0-9_.]*$/i.test(name)) return `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'\n`;
  throw fail('bad-input', {
    what: `"${name}" is not the name of a PostgreSQL setting.`,
    why: 'Names of settings have letters, digits, underscores and dots.',
    next: 'Correct the name.',
  });
}

/** The major of the cluster in the data directory, undefined when there is none. */
export async function majorOfCluster(dataDirectory: string): Promise<number | undefined> {
  const text = await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text);
}
