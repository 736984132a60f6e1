export const name = 'diary';
