module.exports = {
  items: require('./items'),
  orders: require('./orders'),
};
