import React from 'react';

jest.spyOn(React, 'useState');
