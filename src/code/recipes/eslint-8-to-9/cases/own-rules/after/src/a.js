// eslint-disable-next-line rulesdir/no-foo -- no-foo is fine here
foo();
