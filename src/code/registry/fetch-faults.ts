/** Remembers which hosts cannot be reached, and says why in words without credentials. */
export type FetchFaults = {
  /** Why a host is not asked any more; undefined while it is. */
  closed(host: string): string | undefined;
  explain(host: string, error: unknown): string;
};

/** A host is closed after `faultsMax` failures to reach it; an answer, even a refusal, is not one. */
export function fetchFaults(faultsMax: number): FetchFaults {
  const counts = new Map<string, number>();
  const reasons = new Map<string, string>();
  return {
    closed: (host) => ((counts.get(host) ?? 0) >= faultsMax ? reasons.get(host) : undefined),
    explain(host, error) {
      const status = fieldOf(error, 'statusCode') ?? httpCode(fieldOf(error, 'code'));
      if (status !== undefined) return refusal(host, status);
      const reason = `${host} could not be reached (${fieldOf(error, 'code') ?? fieldOf(error, 'type') ?? 'no answer'}).`;
      counts.set(host, (counts.get(host) ?? 0) + 1);
      reasons.set(host, reason);
      return reason;
    },
  };
}

function refusal(host: string, status: string): string {
  if (status === '401' || status === '403') {
    return `${host} wants other credentials: it answered ${status}. Log in, or set the token that .npmrc names.`;
  }
  if (status === '404') return `${host} does not have it, or not for these credentials: it answered 404.`;
  return `${host} answered ${status}.`;
}

/** npm-registry-fetch gives HTTP errors the code `E404`, and `E401` also where only the header says so. */
function httpCode(code: string | undefined): string | undefined {
  return /^E(\d{3})$/.exec(code ?? '')?.[1];
}

function fieldOf(error: unknown, key: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
