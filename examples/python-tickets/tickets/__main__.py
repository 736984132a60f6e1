from wsgiref.simple_server import make_server

from tickets.desk import Desk
from tickets.web import application

if __name__ == '__main__':
    with make_server('', 8000, application(Desk())) as server:
        print(('Serving on port %s' % (server.server_port,)))
        server.serve_forever()
