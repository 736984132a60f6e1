export const age = new Date() - new Date(0);
