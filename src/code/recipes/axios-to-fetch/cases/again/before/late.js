const axios = require("axios");

exports.lateOf = async (id) => (await axios.get(`http://127.0.0.1/${id}`)).data;
