import express, { type Application, type NextFunction, type Request as Incoming, type Response as Outgoing } from 'express';
import { type Account, wrap } from './account';

interface Known extends Incoming {
  account: Account;
}

class Api {
  private readonly app: Application;
  private readonly router = express.Router();

  constructor() {
    this.app = express();
    this.app.delete('/a', this.remove.bind(this));
    this.router.get('/b', this.show);
  }

  private show = (req: Incoming, res: Outgoing) => res.sendStatus(404);

  remove(known: Known, out: Outgoing) {
    out.status(410).json({ gone: known.acceptsCharsets('utf-8') });
  }
}

const make = () => express();
const alias = make();
alias.delete('/c', (one, two) => {
  const answer = two;
  answer.sendStatus(204);
  finish(answer);
});

alias.get('/d', wrap(async (req, res) => {
  res.sendStatus(404);
}));

const guard: express.RequestHandler = (rq, rs, next) => (rq.acceptsEncodings('br') ? next() : rs.sendStatus(406));
const failed = (error: Error, { res }: Incoming, response: Outgoing, next: NextFunction) => response.sendStatus(500);
const rest = express.Router().use(guard).use(failed);

export default function routes(app, { db }) {
  app.delete('/e', async (...[, answer]) => answer.sendStatus(404));
  app.use(rest);
}

function finish(response) {
  response.redirect(303, '/done');
}

export { Api };
