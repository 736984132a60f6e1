import axios, { type AxiosResponse } from 'axios';

export const whole = (answer: AxiosResponse): string => JSON.stringify(answer);
export const stream = async (url: string) => (await axios.get(url, { responseType: 'stream' })).data;
