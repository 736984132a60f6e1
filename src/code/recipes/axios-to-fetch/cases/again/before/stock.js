const { http: axios } = require("./http-client.js");

const api = axios.create({ baseURL: process.env.STOCK_URL, timeout: 500, auth: { username: "a", password: "b" } });

exports.stockOf = async (id) => (await api.get(`/items/${id}`, { validateStatus: (status) => status < 500 })).data;
exports.forget = async (id) => {
  await api.delete("/items/" + id);
};
