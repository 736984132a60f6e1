const users = require('./controllers/users');

module.exports = function (app) {
  app.get('/users/:id?', users.show);
  app.get('/users', (req, res) => res.redirect('back'));
  app.get('*', (request, response) => response.send(404, 'Nothing here'));
};
