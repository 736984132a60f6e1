import { twice } from './math.js';

export function label(name, { loud = false, mark = '!' } = {}) {
  return loud ? `${name.toUpperCase()}${mark}` : name;
}

export const settings = {};
settings.depth = 2;
settings.name = label('x');

export class Counter {
  constructor(start) {
    this.value = start;
    this.steps = [];
  }

  add(by) {
    this.value += twice(by);
    this.steps.push(by);
    return this;
  }
}

new Counter(1).add(2);

export function both(first, second) {
  return second === undefined ? first : first + second;
}

both(1);
both(1, 2);
