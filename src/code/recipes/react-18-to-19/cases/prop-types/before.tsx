import PropTypes from 'prop-types';
import React from 'react';

export function Card({ title, sizes }) {
  return <p data-sizes={sizes}>{title}</p>;
}

Card.propTypes = {
  /** What stands above. */
  title: PropTypes.node.isRequired,
  sizes: PropTypes.arrayOf(PropTypes.oneOf(['s', 'm'])),
  at: PropTypes.shape({ x: PropTypes.number.isRequired, move: PropTypes.func }),
};

export class Typed extends React.Component<{ a: string }> {
  static propTypes = { a: PropTypes.string };

  render() {
    return this.props.a;
  }
}
