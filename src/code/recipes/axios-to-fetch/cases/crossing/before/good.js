import axios from 'axios';

export const found = async (url) => (await axios.head(url)).status;
