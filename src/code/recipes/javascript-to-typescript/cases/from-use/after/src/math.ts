export const twice = (value: number) => value * 2;
export const pick = (from, name: string | number) => from[name];
