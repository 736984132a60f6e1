import axios from 'axios';

/** A client of the service of exchange rates at `address`. */
export function ratesAt(address) {
  const api = axios.create({ baseURL: address, timeout: 500, headers: { 'X-Client': 'rates' } });
  return {
    rate: async (currency, days) => (await api.get('/rates', { params: { currency, days } })).data.rate,
    send: (path, body) => api.post(path, body),
    replace: async (currency, rate) => {
      const { status } = await api.put(`/rates/${currency}`, rate);
      return status;
    },
    find: async (currency) => {
      try {
        const { data } = await api.get(`/rates/${currency}`);
        return data;
      } catch (error) {
        if (axios.isAxiosError(error) && error.response?.status === 404) return undefined;
        throw error;
      }
    },
  };
}
