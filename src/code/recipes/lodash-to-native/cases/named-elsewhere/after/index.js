export default (value) => new (value == null ? Map : Set)();
export const is = (value) => { return typeof value === 'number' && value !== null };
