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
    this.app.del('/a', this.remove.bind(this));
    this.router.get('/b', this.show);
  }

  private show = (req: Incoming, res: Outgoing) => res.send(404);

  remove(known: Known, out: Outgoing) {
    out.json({ gone: known.acceptsCharset('utf-8') }, 410);
  }
}

const make = () => express();
const alias = make();
alias.del('/c', (one, two) => {
  const answer = two;
  answer.send(204);
  finish(answer);
});

alias.get('/d', wrap(async (req, res) => {
  res.send(404);
}));

const guard: express.RequestHandler = (rq, rs, next) => (rq.acceptsEncoding('br') ? next() : rs.send(406));
const failed = (error: Error, { res }: Incoming, response: Outgoing, next: NextFunction) => response.send(500);
const rest = express.Router().use(guard).use(failed);

export default function routes(app, { db }) {
  app.del('/e', async (...[, answer]) => answer.send(404));
  app.use(rest);
}

function finish(response) {
  response.redirect('/done', 303);
}

export { Api };
