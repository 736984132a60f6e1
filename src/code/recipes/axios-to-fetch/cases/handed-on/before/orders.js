import axios from 'axios';

const api = axios.create({ baseURL: 'http://orders', timeout: 2000 });

export const get = (path) => api.get(path);
export const place = (order) => api.post('/orders', order);
export async function change(id, fields) {
  const answer = await api.patch(`/orders/${id}`, fields);
  return answer;
}
export function upload(file) {
  return axios({ method: 'put', url: 'http://files/new', data: file });
}
