import PropTypes from 'prop-types';

export const Card = ({ title }) => title;
Card.propTypes = { title: PropTypes.string };
