import axios from 'axios';

export const api = axios.create({ baseURL: 'http://a' });
export const raw = (url) => axios.get(url);
export const sent = async (url, body) => (await axios.post(url, body)).data;
export const agent = async (url, httpAgent) => (await axios.get(url, { httpAgent })).data;
export const stream = async (url) => (await axios.get(url, { responseType: 'stream' })).data;
export const all = async (url) => (await axios.options(url)).data;
export const config = async (url) => (await axios.get(url)).config;
export const listed = async (url) => (await axios.get(url, { params: { 'a[]': 1 } })).data;
