import { http } from './http-client.js';

export const found = async (url) => (await http.head(url)).status;
