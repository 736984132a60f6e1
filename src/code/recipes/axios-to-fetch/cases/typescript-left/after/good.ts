import { http as axios } from './http-client.js';

export const found = async (url: string): Promise<number> => (await axios.head(url)).status;
