export const span = new Date(2) - new Date(1);
