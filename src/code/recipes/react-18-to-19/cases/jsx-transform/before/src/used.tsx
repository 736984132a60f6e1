import React from 'react';

export const Used = () => <React.Fragment />;
