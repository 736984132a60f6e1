module.exports = (app) => {
  app.get('/api', (_, answer) => answer.json({}));
};
