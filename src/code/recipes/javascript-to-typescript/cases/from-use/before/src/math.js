export const twice = value => value * 2;
export const pick = (from, name) => from[name];
