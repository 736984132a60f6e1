import type * as PropTypes from 'prop-types';
import React from 'react';

export const check: PropTypes.Validator<string> = () => null;
