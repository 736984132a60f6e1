import http from 'axios';

export const found = async (url) => (await http.head(url)).status;
