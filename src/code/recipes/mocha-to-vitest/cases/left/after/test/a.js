const Mocha = require('mocha');

afterEach(() => {});

describe('a', function () {
  this.things = 1;
  beforeAll(function () {
    if (process.env.CI) this.skip();
  });
  beforeEach(prepare);
  it('hands this on', function () {
    keep(this);
  });
  it('sets a limit late', function () {
    if (Mocha) this.timeout(100);
  });
  it('knows its state', function () {
    return this.test.fullTitle();
  });
  it('waits twice', async function (done) {
    done();
  });
  it('waits in vain', function (done) {});
  describe('empty', () => {});
});

function prepare() {
  this.ready = true;
}
function keep() {}
