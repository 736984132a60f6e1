// eslint-disable-next-line no-foo -- no-foo is fine here
foo();
