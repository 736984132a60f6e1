import type { FailedInstall, InstallFault } from './install-fault.ts';

/** What a registry, or the way to it, refused: no such package or version, no right, no connection, broken content. */
export function registryFault({ output, command }: FailedInstall): InstallFault | undefined {
  const version = noVersion(output);
  const what = `\`${command}\` got no answer that it can use.`;
  if (version !== undefined)
    return registry(
      what,
      `The registry has no version ${version}.`,
      'Choose a version that is published: `npm view PACKAGE versions` lists them.',
    );
  const missing = noPackage(output);
  if (missing !== undefined)
    return registry(
      what,
      `The registry does not know ${missing}, or does not show it to you.`,
      'Look at its name; a private package needs its scope and a token in .npmrc.',
    );
  const refused = refusal(output);
  if (refused !== undefined)
    return registry(
      what,
      `The registry refused: ${refused}.`,
      'Log in to it (`npm login`), or renew the token in .npmrc or .yarnrc.yml. godwit neither shows nor keeps it.',
    );
  const network = connection(output);
  if (network !== undefined)
    return registry(
      what,
      network,
      'Look whether the registry can be reached from here, through a proxy too (`npm config get registry`, `proxy`), then run the same command again.',
    );
  if (/\bEINTEGRITY\b|ERR_PNPM_TARBALL_INTEGRITY|YN0018|Integrity check(s)? failed|IntegrityCheckFailed/i.test(output))
    return registry(
      what,
      `A package is not what the lock file says: its checksum differs${subjectOf(output)}.`,
      'Clear the cache of the package manager. If it differs still, find out why before anything else: the package may have been replaced.',
    );
  return undefined;
}

function registry(what: string, why: string, next: string): InstallFault {
  return { code: 'registry-failed', explanation: { what, why, next } };
}

function noVersion(output: string): string | undefined {
  const patterns = [
    /No matching version found for (\S+?)[.,]?(?:\s|$)/,
    /Couldn't find any versions for "([^"]+)" that matches "([^"]+)"/,
    /YN0082: [│|]? ?(\S+): No candidates found/,
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(output);
    if (match !== null) return match[2] === undefined ? match[1] : `${match[1]}@${match[2]}`;
  }
  const bun = /No version matching "([^"]+)" found for specifier "([^"]+)"/.exec(output);
  return bun === null ? undefined : `${bun[2]}@${bun[1]}`;
}

function noPackage(output: string): string | undefined {
  const patterns = [
    /'(\S+)' could not be found or you do not have permission|'(\S+)' is not in this registry/,
    /ERR_PNPM_FETCH_404\s+GET \S*\/([^/\s]+): Not Found/,
    /Couldn't find package "([^"]+)"/,
    /YN0035: [│|]? ?(\S+): Package not found/,
    /error: GET \S*\/([^/\s]+) - 404/,
    /\bE404\b[\s\S]*? - GET \S*\/([^/\s]+)/,
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(output);
    if (match !== null) return decodeURIComponent(match[1] ?? match[2] ?? 'a package');
  }
  return undefined;
}

function refusal(output: string): string | undefined {
  if (/\bE401\b|\bENEEDAUTH\b|ERR_PNPM_FETCH_401|YN0041|YN0033|error: GET \S+ - 401|Response Code: 401/.test(output))
    return 'it does not know who asks (401)';
  if (/\bE403\b|ERR_PNPM_FETCH_403|Response Code: 403|error: GET \S+ - 403/.test(output))
    return 'it does not allow this (403)';
  // Yarn 1 prints the address and the body of the answer, and no status.
  const said = /^error Error: (https?:\/\/\S+): (.{0,200})$/m.exec(output);
  return said === null ? undefined : `it answered "${said[2]}" for ${said[1]}`;
}

function connection(output: string): string | undefined {
  const code =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|ConnectionRefused|DNSResolveFailed|RequestTimeout)\b/.exec(
      output,
    )?.[1];
  if (code !== undefined) return `It cannot be reached: ${spoken[code] ?? code}${hostOf(output)}.`;
  const certificate =
    /\b(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID)\b/.exec(
      output,
    )?.[1];
  if (certificate !== undefined) return `Its certificate is not trusted here (${certificate}).`;
  const broken =
    /\bE(50\d)\b|ERR_PNPM_FETCH_(50\d)|Response Code: (50\d)|responseCode: (50\d)|error: GET \S+ - (50\d)/.exec(output);
  const status = broken?.slice(1).find((group) => group !== undefined);
  if (status !== undefined) return `It has a fault of its own (${status}).`;
  if (/trouble with your network connection|network request|getaddrinfo/.test(output))
    return 'The network does not lead to it.';
  return undefined;
}

const spoken: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  DNSResolveFailed: 'its name is not known',
  EAI_AGAIN: 'names cannot be looked up now',
  ECONNREFUSED: 'nothing listens there',
  ConnectionRefused: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  ERR_SOCKET_TIMEOUT: 'no answer in time',
  RequestTimeout: 'no answer in time',
};

function hostOf(output: string): string {
  const host = /getaddrinfo \w+ ([\w.-]+)|connect \w+ ([\w.:-]+)/.exec(output);
  const name = host?.[1] ?? host?.[2];
  return name === undefined ? '' : ` (${name})`;
}

function subjectOf(output: string): string {
  const name = /https?:\/\/\S+\/([^/\s]+\.tgz)/.exec(output)?.[1];
  return name === undefined ? '' : ` (${name})`;
}
