import axios from 'axios';

export const get = async (url) => (await axios.get(url)).data;
