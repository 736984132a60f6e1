export const api = import.meta.env.REACT_APP_API;
export const key = import.meta.env['REACT_APP_KEY'];
export const isLive = process.env.NODE_ENV === 'production';
export const folder = import.meta.env.BASE_URL.replace(/\/$/, '');
export const help = import.meta.env.BASE_URL + 'help';
