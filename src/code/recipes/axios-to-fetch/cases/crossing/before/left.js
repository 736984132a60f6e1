import axios, { AxiosError } from 'axios';

export const stream = async (url) => (await axios.get(url, { responseType: 'stream' })).data;
export const isLost = (error) => error instanceof AxiosError && error.status === 404;
