import { Base } from './other';

export const Card = ({ title }) => title;
Card.propTypes = { ...Base.propTypes };
