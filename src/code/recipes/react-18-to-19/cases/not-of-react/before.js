import { render, createFactory } from 'other-dom';
import { act } from '@testing-library/react';
import { useFormState } from 'react-hook-form';

const ReactDOM = { render, findDOMNode: () => null };
ReactDOM.render(createFactory(act), useFormState);
ReactDOM.findDOMNode();

export const router = { contextTypes: 1 };
router.contextTypes = 2;
const settings = {};
settings.defaultProps = { a: 1 };
settings.propTypes = {};

export function make() {
  return { render: () => settings };
}
