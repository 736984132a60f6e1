import type { V1Options, V4Options } from 'uuid';
import * as ids from 'uuid';

export const make: () => string = ids.v4;

export function bytesOf(id: string): ArrayLike<number> {
  return ids.parse(id);
}

export function later(options: V1Options, random: V4Options, bytes: Uint8Array): string[] {
  return [ids.v1(options), ids.v4(random), ids.stringify(bytes)];
}
