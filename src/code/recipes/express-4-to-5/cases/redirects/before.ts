import express from 'express';

const app = express();

app.get('/a', (req, res) => res.redirect('/b', 301));
app.get('/b', (req, res) => res.redirect(`/users/${req.user.id}`, 303));
app.get('/c', (req, res) => {
  const status = 307;
  res.redirect(req.originalUrl + '/', status);
});
app.get('/d', (req, res) => res.redirect('back'));
app.get('/e', (_, res) => res.location('back').sendStatus(204));
app.get('/f', (req, res) => res.redirect(302, 'back'));
app.get('/g', (req, res) => res.redirect(req.session.returnTo || 'back'));
app.get('/h', (req, res) => res.redirect(req.query.next ?? 'back'));
app.get('/i', (req, res) => res.redirect(req.ok ? '/done' : 'back'));
app.get('/j', (req, res) => leave(res));
app.get('/k', ({ query }, res) => res.redirect('back', 303));
app.get('/l', (req, res) => res.redirect(req.first, req.second));

// As before.
app.get('/m', (req, res) => res.redirect(301, '/b'));
app.get('/n', (req, res) => res.redirect('/back'));
app.get('/o', (req, res) => res.redirect(req.code, '/b'));

function leave(response) {
  response.redirect('back');
}
