/* exported foo: true, bar: false */
/* exported one two */
/* eslint semi: ["error", "always"] */
/* eslint semi: ["error", "never"] */
/* eslint eqeqeq: 2, curly: 2 */
var foo;
