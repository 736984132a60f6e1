/* eslint-env mocha, node */
it();
