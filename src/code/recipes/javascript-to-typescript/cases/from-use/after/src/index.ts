import { twice } from './math.ts';

export function label(name: string, { loud = false, mark = '!' } = {}) {
  return loud ? `${name.toUpperCase()}${mark}` : name;
}

export const settings = {} as { depth: number; name: any };
settings.depth = 2;
settings.name = label('x');

export class Counter {
  declare value: number;
  declare steps: any[];

  constructor(start: number) {
    this.value = start;
    this.steps = [];
  }

  add(by: number) {
    this.value += twice(by);
    this.steps.push(by);
    return this;
  }
}

new Counter(1).add(2);

export function both(first: number, second?: number | undefined) {
  return second === undefined ? first : first + second;
}

both(1);
both(1, 2);
