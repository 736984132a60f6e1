import axios = require('axios');

export const found = async (url: string): Promise<number> => (await axios.head(url)).status;
