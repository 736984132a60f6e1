const { http: axios, isAxiosError, HttpError: Failed } = require("./http-client.js");

class Stock {
  #api = axios.create({ baseURL: "http://stock" });

  constructor(url) {
    this.shelves = axios.create({ baseURL: url });
  }

  async count(id) {
    try {
      return (await this.#api.get(`/items/${id}`)).data.count;
    } catch (error) {
      if (isAxiosError(error) && error.response?.status === 404) return 0;
      if (error instanceof Failed) throw new Error(error.code);
      throw error;
    }
  }

  async shelf(id) {
    const { data } = await this.shelves.get(`/shelves/${id}`);
    return data;
  }
}

exports.Stock = Stock;
