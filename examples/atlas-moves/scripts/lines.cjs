exports.lineOf = ({ code, name }) => `${code} ${name}`;
