import axios from 'axios';

export const found = async (url: string): Promise<number> => (await axios.head(url)).status;
