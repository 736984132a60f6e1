export const read = (name) => name
