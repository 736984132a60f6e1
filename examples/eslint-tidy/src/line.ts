/** A request as the log of a web server names it. */
export interface Line {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
}

const pattern = /"(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d{3}) (?<bytes>\d+|-)/;

/** Reads a line of the common log format; undefined where it is none. */
export function parseLine(text: string): Line | undefined {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return {
    method: groups['method'] ?? '',
    path: groups['path'] ?? '',
    status: Number(groups['status']),
    bytes: groups['bytes'] === '-' ? 0 : Number(groups['bytes']),
  };
}

/** Reads numbers that were written down by hand. */
export function parseLimit(text: string): number {
  try {
    return Number(JSON.parse(text));
  } catch (error) {
    // Whatever is wrong with it, there is no limit then.
    return Number.POSITIVE_INFINITY;
  }
}
