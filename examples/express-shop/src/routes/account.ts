import { Router } from 'express';
import rateLimit from 'express-rate-limit';
import { HttpError } from '../http-error';

export const account = Router();

account.use('/login', rateLimit({ windowMs: 60_000, limit: 100, legacyHeaders: false }));

account.post('/login', (req, res) => {
  const { email } = req.body;
  if (typeof email !== 'string' || !email.includes('@')) throw new HttpError(400, 'An address is needed.');
  req.session.email = email;
  const target = typeof req.query.next === 'string' ? req.query.next : '/catalogue';
  res.redirect(target, 303);
});

account.post('/address', (req, res) => {
  const { address } = req.body;
  res.json({ city: address?.city ?? 'unknown', street: address?.street ?? 'unknown' });
});

account.post('/logout', (req, res) => {
  req.session.email = undefined;
  res.clearCookie('locale', { path: '/', maxAge: 0 });
  res.redirect('/');
});

account.get('/locale/:locale(en|de)', (req, res) => {
  res.cookie('locale', req.params.locale, { path: '/' });
  res.redirect('back');
});
