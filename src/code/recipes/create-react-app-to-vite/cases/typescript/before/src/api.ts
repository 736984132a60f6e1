export const api = process.env.REACT_APP_API;
export const key = process.env['REACT_APP_KEY'];
export const isLive = process.env.NODE_ENV === 'production';
export const folder = process.env.PUBLIC_URL;
export const help = process.env.PUBLIC_URL + '/help';
