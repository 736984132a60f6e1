/* exported foo, bar */
/* exported one, two */
/* eslint semi: ["error", "never"] */
/* eslint eqeqeq: 2, curly: 2 */
var foo;
