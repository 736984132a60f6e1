test('a button', () => {
  const click = jest.fn();
  const button = document.createElement('button');
  button.style.color = 'black';
  expect(getComputedStyle(button).color).toBe('black');
  expect(click).not.toHaveBeenCalled();
});
