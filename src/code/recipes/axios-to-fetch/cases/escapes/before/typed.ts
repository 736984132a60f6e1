import axios from 'axios';

export const typed = async (url: string) => (await axios.get<string>(url)).data;
