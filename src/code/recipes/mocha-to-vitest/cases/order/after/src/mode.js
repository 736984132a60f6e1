export const mode = process.env.NODE_ENV || 'development';
export const isLive = process.env.NODE_ENV === 'production';
export const isTest = process.env['NODE_ENV'] === 'test';
