import path from 'node:path';
import express, { Router, static as serve } from 'express';

const app = express();
const router = Router();
const options = { dotfiles: 'ignore' };
const other = { maxAge: '1d' };

app.use(express.static('public'));
app.use('/assets', serve(path.join(__dirname, 'assets'), { immutable: true }));
router.use(
  express.static('files', {
    hidden: true,
    index: false
  }),
);
router.use(
  express.static('media', {
    maxAge: '1d'
  }),
);
app.use(express.static(__dirname));
app.use(express.static('shared', other));
app.use(express.static('more', { ...other }));

// As before.
app.use(express.static('safe', options));
app.use(express.static('safer', { dotfiles: 'deny' }));
