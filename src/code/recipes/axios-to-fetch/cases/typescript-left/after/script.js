import axios from 'axios';

export const got = async (url) => (await axios.get(url)).data;
