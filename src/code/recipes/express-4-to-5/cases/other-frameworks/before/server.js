const restify = require('restify');

const server = restify.createServer();
server.get('/users/:id?', (req, res, next) => {
  res.send(404, { error: 'Nothing here' });
  next();
});
server.del('/users/:id', (req, res) => res.send(204));
