const table = new Array(10);
export const squares = ['a'].map((one) => one + table.length);
export const found = ['a'].find((one) => one === 'a');
