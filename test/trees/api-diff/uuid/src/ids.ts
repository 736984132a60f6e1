import { NIL, parse, stringify, v1, v3, v4, v4 as uuid, v5, validate, version } from 'uuid';

export const fresh = (): string => uuid();
export const named = (name: string): string => v5(name, v5.URL);
export const older = (name: string): string => v3(name, v3.DNS);
export const timed = (): string => v1({ msecs: Date.now(), nsecs: 10, clockseq: 0x1234, node: [1, 2, 3, 4, 5, 6] });
export const seeded = (): string => v4({ random: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] });
export const isNil = (id: string): boolean => validate(id) && id !== NIL && version(id) === 4;

export function intoBuffer(): Buffer {
  const buffer = Buffer.alloc(32);
  v4(null, buffer, 16);
  return buffer;
}

export function intoArray(): number[] {
  const list: number[] = [];
  v4({}, list, 0);
  return list;
}

export const again = (id: string): string => stringify(parse(id));
