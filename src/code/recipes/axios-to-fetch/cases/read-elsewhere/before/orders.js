import axios from 'axios';

export const get = (url) => axios.get(url);
export const send = async (url, body) => (await axios.post(url, body)).status;
