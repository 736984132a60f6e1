const users = require('./controllers/users');

module.exports = function (app) {
  app.get('/users{/:id}', users.show);
  app.get('/users', (req, res) => res.redirect(req.get('Referrer') || '/'));
  app.get('/{*splat}', (request, response) => response.status(404).send('Nothing here'));
};
